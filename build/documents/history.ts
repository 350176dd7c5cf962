import { createHash } from "node:crypto";
import { checkEdit, isDatedOrLinks, toLines } from "./edit-policy.ts";

/** One approved version of one document. */
export interface Approval {
  readonly document: string;
  /** Of the whole text with "\n" line ends. */
  readonly sha256: string;
  readonly approver: string;
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly reason: string;
}

export interface Approvals {
  /** Who may approve. */
  readonly approvers: readonly string[];
  readonly approvals: readonly Approval[];
}

/** A version of a file; null where it does not exist. */
export interface Version {
  readonly name: string;
  readonly text: string | null;
}

/**
 * Every problem with the protected documents, as sentences. Where history is cut short (a shallow
 * clone) the oldest version at hand is the base: it too must be an approved one, so a change that hides
 * behind the cut still shows by its hash.
 */
export function checkHistory(
  approvals: Approvals,
  earlierApprovals: readonly Approvals[],
  versionsOf: (path: string) => readonly Version[],
): string[] {
  const problems: string[] = [];
  for (const approval of approvals.approvals) {
    if (!approvals.approvers.includes(approval.approver))
      problems.push(`${approval.document}: ${approval.approver} may not approve.`);
    if (!/^\d{4}-\d{2}-\d{2}$/.test(approval.date) || approval.reason.trim() === "")
      problems.push(`${approval.document}: an approval needs a date and a reason.`);
  }
  for (const past of earlierApprovals)
    for (const approval of past.approvals)
      if (!approvals.approvals.some((other) => JSON.stringify(other) === JSON.stringify(approval)))
        problems.push(
          `${approval.document}: the approval of ${approval.date} was taken out or changed; approvals stay.`,
        );
  for (const document of new Set(approvals.approvals.map((approval) => approval.document)))
    for (const problem of checkDocument(document, approvals, versionsOf(document))) problems.push(problem);
  return [...new Set(problems)];
}

function checkDocument(document: string, approvals: Approvals, versions: readonly Version[]): string[] {
  const problems: string[] = [];
  const approved = new Set(
    approvals.approvals
      .filter((approval) => approval.document === document)
      .map((approval) => approval.sha256),
  );
  let before: string | null = null;
  for (const version of versions) {
    if (version.text === null) {
      problems.push(`${document} (${version.name}): a protected document may not be deleted.`);
      continue;
    }
    const hash = hashOf(version.text);
    const edit = before === null ? null : checkEdit(before, version.text);
    const isApproved = approved.has(hash);
    if (!isApproved && (edit?.hasStrikes === true || !growsFromApproved(version.text, approved)))
      problems.push(
        `${document} (${version.name}): no approval is recorded for this version (sha256 ${hash}). Dated notes, journals and links at the end need none.`,
      );
    else if (!isApproved && edit !== null && !isDatedOrLinks(edit.appended))
      problems.push(`${document} (${version.name}): what is added at the end needs a date, or an approval.`);
    if (edit !== null)
      for (const violation of edit.violations)
        problems.push(
          `${document}:${violation.line} (${version.name}): ${violation.reason}. Append, or strike a whole line through with a dated reason and its replacement below.`,
        );
    before = version.text;
  }
  return problems;
}

/**
 * Whether a text is an approved version with dated notes, journals or links after it. It is asked of the text alone,
 * so that it holds in a shallow clone too, where the approved version itself is not at hand.
 */
function growsFromApproved(text: string, approved: ReadonlySet<string>): boolean {
  const lines = toLines(text);
  return lines.some((_line, at) => {
    const rest = lines.slice(at + 1);
    return approved.has(hashOf(`${lines.slice(0, at + 1).join("\n")}\n`)) && isDatedOrLinks(rest);
  });
}

/** The hash under which a version is approved. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text.replaceAll("\r\n", "\n")).digest("hex");
}
