import type { ProviderCall } from "../provider.ts";

type Level = "LOW" | "MEDIUM" | "HIGH";

/** `generationConfig.thinkingConfig` and the tokens that thoughts may take beside the answer. */
export interface Thinking {
  readonly config: Readonly<Record<string, unknown>> | null;
  readonly allowance: number;
}

const allowances: Readonly<Record<Level, number>> = { LOW: 4096, MEDIUM: 16_384, HIGH: 32_768 };

/**
 * How one family is asked to think. 3.x takes a level and cannot be switched off (LOW is the least
 * that every model of it accepts); 2.5 takes a number of tokens, where 0 is off but for pro. Others
 * are asked nothing, since they refuse the field.
 */
export function thinkingFor(model: string, thinking: ProviderCall["thinking"]): Thinking {
  const name = model.replace(/^.*\//, "");
  if (/^gemini-([3-9]|\d\d)/.test(name)) {
    if (!thinking.enabled)
      return { config: { thinkingLevel: "LOW", includeThoughts: false }, allowance: allowances.LOW };
    const level = levelFor(thinking.budget);
    return {
      config: { ...(thinking.budget !== undefined && { thinkingLevel: level }), includeThoughts: true },
      allowance: allowances[level],
    };
  }
  if (!name.startsWith("gemini-2.5")) return { config: null, allowance: 0 };
  const least = name.startsWith("gemini-2.5-pro") ? 128 : 0;
  if (!thinking.enabled)
    return { config: { thinkingBudget: least, includeThoughts: false }, allowance: least };
  const { budget } = thinking;
  return budget === undefined
    ? { config: { includeThoughts: true }, allowance: allowances.MEDIUM }
    : {
        config: { thinkingBudget: Math.max(least, budget), includeThoughts: true },
        allowance: Math.max(least, budget),
      };
}

/** Whether a model thinks at all, as far as its name says. */
export const canThink = (model: string): boolean => thinkingFor(model, { enabled: true }).config !== null;

function levelFor(budget: number | undefined): Level {
  // Without a budget the model takes its own default, which is the middle one.
  if (budget === undefined) return "MEDIUM";
  if (budget <= allowances.LOW) return "LOW";
  return budget <= allowances.MEDIUM ? "MEDIUM" : "HIGH";
}
