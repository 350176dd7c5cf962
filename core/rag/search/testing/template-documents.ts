import type { Judgments } from "../evaluate.ts";
import { templates, type Template } from "./templates.ts";

/** A document made from a template. */
export interface TemplateDocument {
  readonly id: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/** Documents made from templates, with questions that several of them answer. */
export interface TemplateSet {
  readonly documents: readonly TemplateDocument[];
  readonly questions: readonly { readonly id: string; readonly text: string }[];
  readonly judgments: Judgments;
}

type Values = Readonly<Record<string, string>>;

function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/gu, (_all, slot: string) => values[slot] ?? "");
}

/** Of each slot another value for another number; two numbers seldom share all values. */
function valuesOf(template: Template, number: number): Values {
  return Object.fromEntries(
    Object.entries(template.slots).map(([slot, values], at) => [
      slot,
      values[(number + Math.floor(number / values.length) * at) % values.length] ?? "",
    ]),
  );
}

/** `perTemplate` documents of every template; its question for every value that it asks by. */
export function makeTemplateSet(perTemplate: number): TemplateSet {
  const documents: TemplateDocument[] = [];
  const questions: { id: string; text: string }[] = [];
  const judgments = new Map<string, Map<string, number>>();
  for (const template of templates) {
    const { by, text } = template.question;
    for (let number = 0; number < perTemplate; number += 1) {
      const values = valuesOf(template, number);
      const id = `${template.name}-${number}`;
      documents.push({
        id,
        title: template.title,
        paragraphs: template.paragraphs.map((paragraph) => fill(paragraph, values)),
      });
      const question = `${template.name}:${values[by]}`;
      if (!judgments.has(question)) {
        judgments.set(question, new Map());
        questions.push({ id: question, text: fill(text, { value: values[by] ?? "" }) });
      }
      judgments.get(question)?.set(id, 1);
    }
  }
  return { documents, questions, judgments };
}

/** Texts of one template that are alike but for a single slot: every two values of every slot. */
export function pairsOf(): { readonly slot: string; readonly one: string; readonly other: string }[] {
  return templates.flatMap((template) => {
    const values = valuesOf(template, 0);
    const text = template.paragraphs.join("\n\n");
    return Object.entries(template.slots).flatMap(([slot, choices]) =>
      choices.flatMap((choice, at) =>
        choices.slice(at + 1).map((another) => ({
          slot: `${template.name}.${slot}`,
          one: fill(text, { ...values, [slot]: choice }),
          other: fill(text, { ...values, [slot]: another }),
        })),
      ),
    );
  });
}
