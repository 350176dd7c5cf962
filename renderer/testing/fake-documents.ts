import type { Format, Place } from "../../core/contract/documents.ts";

/** One section of a made-up document. */
export interface FakeSection {
  readonly place: Place;
  readonly text: string;
}

export interface FakeDocument {
  readonly name: string;
  readonly title: string;
  readonly format: Format;
  readonly sections: readonly FakeSection[];
}

/** Texts written for these tests (CC0): enough for questions that have an answer, and some that have none. */
export const fakeDocuments: readonly FakeDocument[] = [
  {
    name: "Lease agreement Lindenstrasse 14.pdf",
    title: "Lease agreement, Lindenstrasse 14",
    format: "pdf",
    sections: [
      {
        place: { page: 1, heading: "1 The parties" },
        text: "This lease is made between Hanna Vogel, the landlord, and the tenant named below. It covers the flat on the second floor of Lindenstrasse 14, with cellar room 7 and one bicycle place in the yard.",
      },
      {
        place: { page: 2, heading: "3 Rent and deposit" },
        text: "The monthly rent is 1,240 euros without heating, due on the third working day of each month. The deposit is three monthly rents and may be paid in three equal parts. The landlord keeps it in an account of its own and returns it with interest within six months after the flat is handed back.",
      },
      {
        place: { page: 4, heading: "6 Repairs › 6.2 Small repairs" },
        text: "Small repairs up to 100 euros each are paid by the tenant, but never more than 8 percent of the yearly rent in one year. Everything above that, and all damage that the tenant did not cause, is repaired by the landlord within fourteen days after it was reported in writing.",
      },
      {
        place: { page: 5, heading: "9 Ending the lease › 9.1 Notice" },
        text: "The tenant may end the lease with a notice period of three months, to the end of a month. The notice must be in writing and must reach the landlord by the third working day of the first month. For the landlord the notice period grows to six months after five years and to nine months after eight years.",
      },
      {
        place: { page: 6, heading: "9 Ending the lease › 9.2 Handing back" },
        text: "The flat is handed back clean and empty, with all keys. Walls are to be painted in a light colour only where the tenant had painted them in another. Both sides sign a record of the state of the rooms and read the meters.",
      },
    ],
  },
  {
    name: "Employee handbook 2025.docx",
    title: "Employee handbook 2025",
    format: "docx",
    sections: [
      {
        place: { heading: "Working time › Core hours" },
        text: "Core hours are from ten to three. Outside of them everyone arranges their day with their team. Work after eight in the evening is not expected and not counted unless it was agreed before.",
      },
      {
        place: { heading: "Working time › Leave" },
        text: "Everyone has thirty days of leave a year. Up to ten unused days can be taken until the end of March of the following year; after that they lapse. Leave of more than two weeks in a row is announced three months ahead.",
      },
      {
        place: { heading: "Leaving › Notice period" },
        text: "During the first six months the notice period is two weeks. After that it is three months to the end of a quarter, for both sides. Managers of a department have a notice period of six months.",
      },
      {
        place: { heading: "Travel › Expenses" },
        text: "Expenses are paid back within ten days after the receipts were handed in. Trains come before planes for any trip under six hours. Hotels up to 140 euros a night need no approval.",
      },
    ],
  },
  {
    name: "Greenhouse log.md",
    title: "Greenhouse log",
    format: "md",
    sections: [
      {
        place: { heading: "March" },
        text: "Sowed tomatoes (Matina, Black Cherry) and peppers on the 4th. Seed trays on the heating mat at 24 degrees; first tomatoes up after six days, peppers after eleven.",
      },
      {
        place: { heading: "May" },
        text: "Whitefly on the peppers. Yellow traps and Encarsia cards from the 12th; after three weeks hardly any left. Watering in the morning only, since the leaves stay wet too long in the evening.",
      },
      {
        place: { heading: "August" },
        text: "Harvest: 31 kilos of tomatoes so far, 4 kilos of peppers. Black Cherry split after the thunderstorms; Matina did not. Next year more shade from two to five.",
      },
    ],
  },
  {
    name: "2025 年度项目计划.docx",
    title: "2025 年度项目计划",
    format: "docx",
    sections: [
      {
        place: { heading: "一、目标" },
        text: "本年度的主要目标是完成档案数字化项目的第二阶段，将 1998 年至 2010 年的纸质档案全部扫描、识别并建立索引。验收标准为识别准确率不低于百分之九十八。",
      },
      {
        place: { heading: "二、预算" },
        text: "项目总预算为四百二十万元，其中设备采购一百五十万元，人员费用一百八十万元，其余为外包扫描费用。预算调整超过百分之五须报管理委员会批准。",
      },
      {
        place: { heading: "三、进度" },
        text: "第一季度完成设备采购与人员培训；第二、三季度进行扫描与识别；第四季度进行验收。任何延期超过两周的情况须以书面形式通知各参与部门。",
      },
    ],
  },
  {
    name: "租房合同_望京.pdf",
    title: "租房合同（望京）",
    format: "pdf",
    sections: [
      {
        place: { page: 1, heading: "第二条 租金与押金" },
        text: "月租金为人民币八千五百元，按季度支付。押金为两个月租金，合同终止并结清费用后七日内无息退还。",
      },
      {
        place: { page: 3, heading: "第七条 合同解除" },
        text: "乙方提前解除合同的，应当提前三十日书面通知甲方，并支付一个月租金作为违约金。甲方提前收回房屋的，应当提前六十日通知乙方，并退还押金及剩余租金。",
      },
    ],
  },
  {
    name: "Board minutes 2025-09-18.odt",
    title: "Board minutes, 18 September 2025",
    format: "odt",
    sections: [
      {
        place: { heading: "2 Finances" },
        text: "The treasurer reports a surplus of 12,300 euros for the first half of the year, mainly from the summer concert. The board decides to put 8,000 euros aside for the roof of the rehearsal room.",
      },
      {
        place: { heading: "4 Any other business" },
        text: "The caretaker asks for the heating to be turned on from the first of October. The board agrees. Next meeting: 20 November, 19:00, rehearsal room.",
      },
    ],
  },
];
