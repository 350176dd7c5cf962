/** Words that say nothing about what is asked, by language; left out of questions, never of the index. */
const STOP_WORDS: Readonly<Record<string, string>> = {
  en: "a an the of in on at to for from by with and or but if is are was were be been being am what which who whom whose how much many do does did done doing when where why that this these those it its i me my we us our you your he him his she her they them their as has have had having not no nor can could would should will shall may might must than then there here into about over under between through during also so such own same too very just any some all each more most other only both tell please",
  de: "der die das den dem des ein eine einer eines einem einen und oder aber ist sind war waren wird werden wurde wurden sein was welche welcher welches welchen welchem wer wem wen wessen wie viele viel wann wo warum wieso in im an am zu zum zur von vom mit auf aus bei nach fur als auch es sie er ihr ihre ich mir mich wir uns du sich nicht kein keine hat haben hatte hatten kann konnen dass wenn um uber unter durch bis so noch nur man mein meine gibt bitte",
  fr: "le la les l un une des du de d et ou mais est sont etait etaient etre ete que qu quel quelle quels quelles qui quoi dont comment combien quand ou pourquoi dans en sur sous a au aux par pour avec sans ce cet cette ces il elle ils elles on nous vous je j me m mon ma mes son sa ses leur leurs ne n pas plus se s y ont avait avoir",
  es: "el la los las un una unos unas de del y o pero es son era eran fue fueron ser que cual cuales quien quienes como cuanto cuantos cuanta cuantas cuando donde por para en con sin sobre a al se su sus lo le les no mas mi me nos ha han habia hay este esta estos estas ese esa esto eso",
  it: "il lo la i gli le un uno una di del della dei delle dello degli da dal dalla in nel nella con su sul sulla per tra fra e o ma che chi cui quale quali come quanto quanti quando dove perche e sono era erano fu essere ha hanno aveva non si mi ci al alla ai alle questo questa",
  pt: "o a os as um uma uns umas de do da dos das em no na nos nas por para com sem sobre e ou mas que qual quais quem como quanto quantos quando onde foi foram era eram ser sao esta nao se seu sua seus suas ao aos pelo pela",
  nl: "de het een en of maar is zijn was waren wordt worden werd wat welke wie hoe veel wanneer waar waarom in op aan te tot van met voor door uit bij naar als ook er dat die dit deze niet geen heeft hebben had kan ik mijn we ons je",
  ru: "и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по ее мне был была были быть есть от из о об когда где кто какой какая какие каком сколько почему зачем это этот эта для до при или",
  zh: "什么 怎么 多少 哪些 哪个 哪里 谁的 为什 如何 是什 怎样 几个 是谁 的是 了多",
};

const lists: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(STOP_WORDS).map(([language, words]) => [language, new Set(words.split(" "))]),
);

/**
 * The stop words of the language these folded words are most likely in: the list with most hits.
 * A language other than English or Chinese needs two hits, so that "die casting" keeps its first word.
 */
export function stopWordsFor(folded: readonly string[]): ReadonlySet<string> {
  let best: ReadonlySet<string> = lists.get("en") ?? new Set();
  let mostHits = 0;
  for (const [language, words] of lists) {
    const hits = folded.filter((word) => words.has(word)).length;
    if (hits > mostHits && (hits > 1 || language === "en" || language === "zh")) {
      best = words;
      mostHits = hits;
    }
  }
  return best;
}
