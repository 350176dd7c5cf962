const subjects = ["heather", "barley", "slate roofs", "ferry ropes", "lanterns", "orchards", "canal locks"];
const places = ["Aldermoor", "Brackwater", "Cornhill", "Dunmere", "Eastlea"];

/** The text of the nth of many documents: English, some paragraphs, each unlike any other. */
export function documentText(number: number, paragraphs = 6): string {
  const lines = [`# Report ${number} of the parish office`];
  for (let index = 0; index < paragraphs; index++) {
    const subject = subjects[(number + index) % subjects.length];
    const place = places[(number * 3 + index) % places.length];
    lines.push(
      `In paragraph ${index + 1} of report ${number} the clerk writes about ${subject} in ${place}. ` +
        `${1000 + number * 7 + index} of them were counted in the spring, and ${200 + number + index} in the ` +
        `autumn, when the council of ${place} met to speak about their care. The keeper of ${subject} asked for ` +
        `rain water, dry storage and one more pair of hands, which was granted until the end of the year.`,
    );
  }
  return `${lines.join("\n\n")}\n`;
}
