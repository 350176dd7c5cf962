import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { decodeText } from "./decode-text.ts";

const chinese =
  "会议纪要\n今天下午我们在公司的会议室讨论了新的项目计划。大家认为这个方案可以在三个月之内完成，但是需要增加两名工程师。";
const traditional =
  "會議紀要\n今天下午我們在公司的會議室討論了新的專案計畫。大家認為這個方案可以在三個月之內完成，但是需要增加兩名工程師。";
const japanese =
  "会議の議事録\n今日の午後、新しいプロジェクトの計画について話し合いました。三か月以内に完成できると思いますが、エンジニアが必要です。";
const korean =
  "회의록\n오늘 오후에 우리는 회사 회의실에서 새로운 프로젝트 계획에 대해 논의했습니다. 석 달 안에 끝낼 수 있다고 생각합니다.";
const german =
  "Besprechung\nDie Kosten für das Büro in München müssen bis Ende März geprüft werden. Bitte schicken Sie die Übersicht an alle.";
const french =
  "Compte rendu\nLes coûts du bureau à Genève doivent être vérifiés d’ici la fin du mois. Le résumé a été envoyé à tous les élèves.";
const russian =
  "Протокол\nСегодня днём мы обсудили новый план проекта. Все считают, что работу можно закончить за три месяца, но нужны люди.";
const polish =
  "Protokół\nDzisiaj po południu omówiliśmy nowy plan projektu. Wszyscy uważają, że można go zakończyć w ciągu trzech miesięcy, więc zaczęliśmy.";
const greek =
  "Πρακτικά\nΣήμερα το απόγευμα συζητήσαμε το νέο σχέδιο του έργου. Όλοι πιστεύουν ότι μπορεί να ολοκληρωθεί σε τρεις μήνες.";
const turkish =
  "Tutanak\nBugün öğleden sonra yeni proje planını görüştük. Herkes üç ay içinde bitirilebileceğini düşünüyor ama iki mühendis gerekiyor; çalışmaya başladık.";
const hebrew =
  "פרוטוקול\nהיום אחר הצהריים דנו בתוכנית החדשה של הפרויקט. כולם חושבים שאפשר לסיים אותו תוך שלושה חודשים.";
const thai = "วันนี้เราได้หารือเกี่ยวกับแผนโครงการใหม่ ทุกคนคิดว่าสามารถทำเสร็จได้ภายในสามเดือน";

const arabic = "محضر الاجتماع\nناقشنا اليوم خطة المشروع الجديدة. يعتقد الجميع أنه يمكن إنجازه خلال ثلاثة أشهر.";
const czech =
  "Zápis\nDnes odpoledne jsme projednali nový plán projektu. Všichni si myslí, že jej lze dokončit během tří měsíců, ale potřebujeme inženýry.";
const hungarian =
  "Jegyzőkönyv\nMa délután megbeszéltük az új projekt tervét. Mindenki úgy gondolja, hogy három hónap alatt befejezhető, de két mérnök szükséges hozzá.";
const ukrainian =
  "Протокол\nСьогодні ми обговорили новий план проєкту. Усі вважають, що його можна завершити за три місяці, але потрібні її люди.";
const latvian =
  "Protokols\nŠodien pēcpusdienā apspriedām jauno projekta plānu. Visi uzskata, ka to var pabeigt trīs mēnešu laikā, bet vajag inženierus.";
const portuguese =
  "Ata da reunião\nHoje à tarde discutimos o novo plano do projeto. Todos acham que não é difícil, mas são necessários mais técnicos até março.";
const spanish =
  "Acta de la reunión\n¿Quién revisará los costes de la oficina? El señor Núñez envió el resumen a todos los niños mañana.";
const danish =
  "Mødereferat\nI eftermiddags drøftede vi den nye plan for projektet. Alle mener, at det kan gøres på tre måneder, på trods af kulden på Færøerne.";
const quotes = "He said “it’s done” – and left… The café was closed.";

const cases: readonly (readonly [string, string])[] = [
  ["utf-8", chinese],
  ["utf-16le", chinese],
  ["utf-16be", chinese],
  ["utf-16le", german],
  ["utf-16be", japanese],
  ["gbk", chinese],
  ["gb18030", chinese],
  ["big5", traditional],
  ["shift_jis", japanese],
  ["euc-jp", japanese],
  ["euc-kr", korean],
  ["windows-1252", german],
  ["windows-1252", french],
  ["windows-1251", russian],
  ["koi8-r", russian],
  ["windows-1250", polish],
  ["windows-1253", greek],
  ["windows-1254", turkish],
  ["windows-1255", hebrew],
  ["windows-874", thai],
  ["windows-1256", arabic],
  ["windows-1250", czech],
  ["iso-8859-2", czech],
  ["windows-1250", hungarian],
  ["windows-1251", ukrainian],
  ["koi8-u", ukrainian],
  ["cp866", russian],
  ["windows-1257", latvian],
  ["windows-1252", portuguese],
  ["windows-1252", spanish],
  ["windows-1252", danish],
  ["windows-1252", quotes],
];

describe("decodeText", () => {
  test.each(cases)("finds %s without being told", (encoding, text) => {
    expect(decodeText(iconv.encode(text, encoding)).text).toBe(text);
  });

  test.each(["utf-8", "utf-16le", "utf-16be", "utf-32le"])(
    "takes a byte order mark of %s at its word",
    (encoding) => {
      const decoded = decodeText(iconv.encode(chinese, encoding, { addBOM: true }));
      expect(decoded).toMatchObject({ text: chinese, encoding, badBytes: 0 });
    },
  );

  test("finds ISO-2022-JP by its escapes", () => {
    const bytes: number[] = [];
    let wide = false;
    for (const sign of japanese.replace(/[ー]/g, "")) {
      const euc = iconv.encode(sign, "euc-jp");
      if ((euc.length === 2) !== wide) {
        wide = !wide;
        bytes.push(0x1b, wide ? 0x24 : 0x28, 0x42);
      }
      bytes.push(...[...euc].map((byte) => byte & 0x7f));
    }
    expect(decodeText(Uint8Array.from(bytes)).text).toBe(japanese.replace(/[ー]/g, ""));
  });

  test("keeps a UTF-8 file with a few broken bytes as UTF-8 and counts them", () => {
    const bytes = Buffer.concat([
      Buffer.from("Gültige Zeile äöü.\n"),
      Buffer.from([0xff, 0xfe]),
      Buffer.from("\nNächste Zeile."),
    ]);
    const decoded = decodeText(bytes);
    expect(decoded).toMatchObject({ encoding: "utf-8", badBytes: 2 });
    expect(decoded.text).toContain("Nächste Zeile.");
  });

  test("follows a declared encoding where the bytes allow it", () => {
    expect(decodeText(iconv.encode("Žluťoučký kůň", "iso-8859-2"), "iso-8859-2").text).toBe("Žluťoučký kůň");
  });

  test("does not take a short Western word for Chinese", () => {
    expect(decodeText(iconv.encode("Crème brûlée à la carte, déjà vu", "windows-1252")).text).toContain(
      "Crème brûlée",
    );
  });
});
