/**
 * Words that turn a sentence round or narrow it, by what they do. A claim and the words that are to support
 * it must hold the same: see `claim-support.ts`. Words of scripts with blanks are matched whole, others wherever they stand.
 */
export type Operator =
  | "negation"
  | "condition"
  | "else"
  | "possibility"
  | "duty"
  | "advice"
  | "exclusive"
  | "every"
  | "most"
  | "some"
  | "comparison"
  | "bound"
  | "unsure"
  | "hypothetical"
  | "future"
  | "exemption"
  | "approximate"
  | "share"
  | "alternative"
  | "office"
  | "report";

/** Whose word it is; a paper that is named says of itself what it says. */
const PAPER =
  "(?:(?:the|this|dem|der|den)\\s)?(?:sections?|clauses?|articles?|law|contract|agreement|plan|statute|rules?|schedule|reports?|tables?|figures?|paragraphs?|annex|documents?|sources?|passages?|text|dokument|unterlagen?|quellen?|vertrag|gesetz|bericht|tabelle|§)";
const OF_WHOM = `according(?=\\sto\\s(?!${PAPER})) laut(?=\\s(?!${PAPER}))`;

const WORDS: Readonly<Record<Operator, string>> = {
  negation:
    "not no none nobody nothing nowhere never neither nor without cannot fail fails failed failing refuse refuses refused deny denies denied denying lack lacks lacked prohibited forbidden banned rejected declined dispute disputes disputed non hardly scarcely barely rarely seldom instead false untrue incorrect wrong stop stops stopped ceased ceases avoids avoided prevents prevented cancelled canceled revoked withdrew withdrawn exempt rejection withdrawal refusal denial repeal absence short(?=\\sof) " +
    "nicht nirgends nirgendwo kein keine keinen keinem keiner keines nie niemals niemand niemanden niemandem nichts ohne weder keinesfalls keineswegs verboten untersagt abgelehnt verweigert verweigerte bestreitet bestritt leugnet versäumt versäumte kaum selten statt anstatt anstelle falsch unwahr unzutreffend verhindert verhinderte widerrufen storniert unterlassen aufgehört mitnichten ausgeschlossen " +
    "ne pas jamais aucun aucune sans rien nunca jamás ningún ninguna ninguno sin nada mai senza nessuno nessuna não sem nenhum nenhuma niet geen zonder nooit inte ej utan ikke ej nie bez değil yok не нет без никогда " +
    "ない なし ません なかった 않 못 없 不 没 未 无 非 勿 莫 毋 否 禁 拒 免 停 撤 取消 防止 别 甭 休想 难以 缺乏 反对 零下 负(?=[增\\d]) 欠(?=[佳妥·])",
  condition:
    "if unless except provided wenn falls sofern soweit außer vorbehaltlich angenommen assuming suppose supposing excluding barring save(?=\\sfor) 如果 假如 假设 要是 只要 一旦 若 除 倘 以外 之外",
  else: "otherwise else andernfalls sonst 否则",
  possibility:
    "may can cannot could might allowed permitted darf dürfen durfte durften kann können konnte konnten könnte könnten erlaubt gestattet 可以 可能 允许",
  duty: "must shall required obliged need needs muss müssen musste mussten verpflichtet soll sollen 必须 应当 应 须 务必 需要",
  advice: "should ought recommended sollte sollten empfohlen 建议",
  exclusive: "only solely exclusively nur ausschließlich lediglich allein 只 仅",
  every:
    "all every each always any alle allen aller alles jede jeder jedes jeden jedem immer stets 都 全 每 任何 总 所有",
  most: "most mostly usually meist meistens meisten 多数 通常 大部分",
  some: "some sometimes few several einige einigen manche manchen manchmal wenige 有些 部分 有时 一些",
  comparison: "more less fewer than least equally mehr weniger als 比 更 较",
  bound:
    "minimum maximum most least up earliest latest mindestens höchstens maximal minimal frühestens spätestens erst allenfalls zuzüglich zzgl plus 最高 最低 至少 至多 最多 最少 以上 以下 不超过 超过 不到 不足 逾 高于 低于 以内",
  unsure:
    "plan plans planned intend intends intended propose proposes proposed expect expects expected supposed tried attempted formerly previously alleged allegedly perhaps probably likely draft almost nearly claimed alleges alleging asserts asserted believes believed thinks thought suspects suspected doubts doubted doubtful pretends pretended rumour rumor fabrication myth hoax allegation allegations accusation accusations supposedly whether hopes hoped seeks sought wants wanted geplant plant vorgeschlagen voraussichtlich angeblich vielleicht wahrscheinlich beinahe fast versucht versuchte ehemals früher behauptet behauptete meint meinte glaubt glaubte vermutet vermutete mutmaßlich gerücht ob 计划 拟 预计 也许 大概 据称 几乎 曾 据说 据称 谣传 传言 传闻 声称 自称 认为 怀疑 疑似 差点 险些 希望 意图 企图 打算 似乎 好像 涉嫌 勉强 要求 委托 责令",
  hypothetical: "would hätte hätten wäre wären würde würden",
  future: "will wollte wollten wollen",
  exemption: "need(?=\\snot) needn['’]t muss(?=\\snicht) müssen(?=\\snicht) 不必 无须 无需 不需要",
  approximate:
    "approximately roughly circa ca about(?=\\s[\\d€$£]) around(?=\\s[\\d€$£]) some(?=\\s[\\d€$£]) rund etwa ungefähr knapp gut(?=\\s\\d) 大约 左右 近(?=\\d) 约(?=[\\d一二三四五六七八九十百千万]) 余(?=[元万人名个])",
  share:
    "half halves third(?=\\sof) thirds quarter(?=\\sof) quarters(?=\\sof) minority semi quasi partly partially hälfte drittel viertel minderheit teilweise 半 分之 少数 年代",
  alternative: "or either oder entweder 或",
  office:
    "deputy vice former acting interim ehemalige ehemaliger ehemaligen stellvertretende stellvertretender stellvertretenden kommissarische 副 前(?=[总部校省市局院主首任]) 子公司 分公司",
  report: `${OF_WHOM} zufolge (?<![根依证数单收])据(?=\\p{Script=Han}{1,6}[说称讲，,])`,
};

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
/** Where these signs are part of another word they do nothing. The month is no permission. */
const OTHER_WORDS =
  /供应|反应|相应|适应|响应|效应|对应|非常|非洲|未来|特别|分别|区别|级别|性别|别墅|个别|类别|识别|逾期|无线|不仅|不但|不动产|不锈钢|比例|比如|比赛|百分比|首都|成都|安全|完全|全年|删除|解除|扣除|除了|若干|更改|变更|更新|更换|总部|总公司|(?<=\d\.? )May\b|\bMay(?= \d)/gu;

function expressionOf(operator: Operator): RegExp {
  const words = WORDS[operator].split(" ");
  const latin = words.filter((word) => !UNSPACED.test(word)).join("|");
  const han = words.filter((word) => UNSPACED.test(word)).join("|");
  const contracted = operator === "negation" ? String.raw`|\p{L}+n['’]t` : "";
  const whole = String.raw`(?<![\p{L}\p{M}])(?:${latin}${contracted})(?![\p{L}\p{M}])`;
  const inverted = operator === "condition" ? String.raw`|(?:^|[.;])\s*(?:had|were|should)(?=\s)` : "";
  return new RegExp(`${whole}${inverted}${han === "" ? "" : `|${han}`}`, "giu");
}

const EXPRESSIONS = (Object.keys(WORDS) as Operator[]).map(
  (operator) => [operator, expressionOf(operator)] as const,
);

/** How often each operator stands in a text; those that do not are left out. */
export function operatorsIn(text: string): Map<Operator, number> {
  const plain = text.replace(OTHER_WORDS, "·");
  const found = new Map<Operator, number>();
  for (const [operator, expression] of EXPRESSIONS) {
    const count = [...plain.matchAll(expression)].length;
    if (count > 0) found.set(operator, count);
  }
  return found;
}
