// @ts-check

/** Something a person can mend: what is missing, and the way out. Printed without a stack. */
export class SetupError extends Error {
  /**
   * @param {string} message what is wrong, one sentence
   * @param {string} wayOut what to do about it
   */
  constructor(message, wayOut) {
    super(message);
    this.name = "SetupError";
    this.wayOut = wayOut;
  }
}
