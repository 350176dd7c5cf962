/**
 * How keys of subscriptions for interactive tools begin. Their terms exclude this use and their hosts differ from
 * pay-as-you-go: the person is warned before one is used.
 */
export const planKeyPrefix = "sk-sp-";
