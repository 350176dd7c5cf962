/** A figure with what it should reach. `least`: higher is better. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit?: string;
  readonly goal?: number;
  readonly stretch?: number;
  readonly least?: boolean;
}

function show(value: number | undefined): string {
  if (value === undefined) return "–";
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 3;
  return value.toFixed(digits);
}

function verdict({ value, goal, stretch, least = false }: Figure): string {
  const reaches = (wanted: number | undefined): boolean =>
    wanted !== undefined && (least ? value >= wanted : value <= wanted);
  if (reaches(stretch)) return "stretch";
  if (goal === undefined) return "";
  return reaches(goal) ? "goal" : "MISSED";
}

/** Prints figures as a Markdown table. */
export function printTable(title: string, figures: readonly Figure[]): void {
  const rows = figures.map((figure) => [
    figure.name,
    `${show(figure.value)}${figure.unit ? ` ${figure.unit}` : ""}`,
    show(figure.goal),
    show(figure.stretch),
    verdict(figure),
  ]);
  const head = ["figure", "value", "goal", "stretch", ""];
  const widths = head.map((cell, column) => Math.max(cell.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  console.log(`\n## ${title}\n`);
  for (const row of [head, widths.map((width) => "-".repeat(width)), ...rows]) console.log(line(row));
}
