/** A form letter: `{slot}` stands for one of the slot's values. Written for this project. */
export interface Template {
  readonly name: string;
  readonly language: "en" | "de" | "zh";
  readonly title: string;
  /** Paragraphs; those without a slot are the same in every document made from it. */
  readonly paragraphs: readonly string[];
  readonly slots: Readonly<Record<string, readonly string[]>>;
  /** Asks for every document in which `by` has the value that the question names. */
  readonly question: { readonly text: string; readonly by: string };
}

export const templates: readonly Template[] = [
  {
    name: "secrecy",
    language: "en",
    title: "Secrecy agreement",
    paragraphs: [
      "This secrecy agreement is made between {owner} and {party} on {date}. The parties intend to exchange confidential information about the product named {product} and {duty} use it for any other purpose.",
      "Confidential information is every drawing, sample, price, forecast and customer name, whether given in writing, by word of mouth or by inspection, unless it was public before it was given or became so without a fault of the one who received it.",
      "The duty of secrecy ends {term} after the last exchange. Who breaks it pays a penalty of {sum} for each case; the right to claim a higher damage stays untouched.",
      "Should a clause of this agreement be void, the others remain in force, and the parties shall replace the void clause by one that comes closest to what they wanted.",
    ],
    slots: {
      owner: ["Acme Limited", "Norwood Mills"],
      party: ["Halden", "Brightwater Foods", "Cobalt Systems", "Delmar", "Eastgate", "Fennimore", "Garrick"],
      date: ["1 March 2024", "14 May 2024", "2 June 2023", "30 September 2022", "11 November 2021"],
      product: ["Heron", "Kestrel", "Lapwing", "Merlin", "Osprey"],
      duty: ["shall not", "may no longer", "may"],
      term: ["two years", "three years", "five years"],
      sum: ["10,000 euro", "15,000 euro", "25,000 euro", "ten thousand dollars"],
    },
    question: { text: "With whom did {value} make secrecy agreements?", by: "owner" },
  },
  {
    name: "invoice",
    language: "en",
    title: "Invoice",
    paragraphs: [
      "Invoice number {number} to {customer}. We delivered {amount} pallets of {goods} on {date} and charge {sum}, payable within {days} days without deduction.",
      "Goods remain our property until they are paid in full. Complaints about the quality are to be made in writing within a week of delivery; hidden faults at once when they are found.",
    ],
    slots: {
      number: ["2024-0117", "2024-0118", "2023-0991", "2023-0992", "2022-0404"],
      customer: ["Oakham Garden Centre", "Priory School", "Quayside Hotel", "Redhill Bakery", "Selby Dairy"],
      amount: ["twelve", "20", "seven", "9"],
      goods: ["roof tiles", "paving stones", "bricks"],
      date: ["3 April 2024", "4 April 2024", "19 July 2023"],
      sum: ["£1,240.00", "£1,420.00", "€980.50", "$980.50"],
      days: ["14", "thirty", "60"],
    },
    question: { text: "Which invoices were sent to {value}?", by: "customer" },
  },
  {
    name: "leave",
    language: "de",
    title: "Urlaubsantrag",
    paragraphs: [
      "{person} aus der Abteilung {department} beantragt Urlaub vom {start} für {days} Tage. Der Antrag wird {decision}. Die Vertretung übernimmt {deputy}.",
      "Nicht genommene Tage verfallen am Ende des ersten Quartals des folgenden Jahres, sofern nicht dringende betriebliche Gründe oder Gründe in der Person des Arbeitnehmers eine Übertragung rechtfertigen.",
    ],
    slots: {
      person: ["Anna Berger", "Jens Kolbe", "Ute Maier", "Ute Meier", "Olaf Schwarz", "Petra Schwarz"],
      department: ["Einkauf", "Verkauf", "Versand"],
      start: ["3. Mai 2024", "13. Mai 2024", "3. Juni 2024"],
      days: ["fünf", "zehn", "12"],
      decision: ["genehmigt", "nicht genehmigt", "abgelehnt"],
      deputy: ["Frau Lindner", "Herr Lindner", "niemand"],
    },
    question: { text: "Welche Urlaubsanträge betreffen die Abteilung {value}?", by: "department" },
  },
  {
    name: "rent",
    language: "de",
    title: "Mieterhöhung",
    paragraphs: [
      "Sehr geehrte Damen und Herren, die Miete Ihrer Wohnung in der {street} steigt zum {date} von {before} auf {after} Euro. Haustiere sind in der Wohnung {pets} gestattet.",
      "Bitte teilen Sie uns bis zum Ende des übernächsten Monats mit, ob Sie der Erhöhung zustimmen. Ihr Recht, das Mietverhältnis außerordentlich zu kündigen, bleibt davon unberührt.",
    ],
    slots: {
      street: ["Lindenstraße 4", "Lindenstraße 14", "Gartenweg 4", "Ulmenallee 7"],
      date: ["1. Januar 2025", "1. Februar 2025", "1. Juli 2024"],
      before: ["640", "650", "sechshundert"],
      after: ["690", "700", "siebenhundert"],
      pets: ["nicht", "nur mit Zustimmung", "weiterhin"],
    },
    question: { text: "Mieterhöhung für die Wohnung {value}", by: "street" },
  },
  {
    name: "purchase",
    language: "zh",
    title: "采购合同",
    paragraphs: [
      "甲方{owner}与乙方{party}于{date}签订本采购合同。乙方向甲方供应{goods}共{amount}，合同总价为{sum}，乙方{transfer}将合同义务转让给第三方。",
      "任何一方违反本合同约定的，应当赔偿对方因此遭受的全部损失；因不可抗力导致合同无法履行的，双方均不承担责任，但应当及时通知对方并提供证明。",
    ],
    slots: {
      owner: ["青山机械公司", "东湖商贸公司"],
      party: ["白云钢铁公司", "长河电子公司", "大有食品公司", "丰年农业公司", "海达物流公司"],
      date: ["二〇二四年三月一日", "二〇二四年五月一日", "2023年6月2日"],
      goods: ["钢板", "轴承", "电缆"],
      amount: ["三十吨", "五十吨", "100吨"],
      sum: ["十二万元", "二十万元", "125000元"],
      transfer: ["可以", "不可以", "不得"],
    },
    question: { text: "{value}与哪些公司签订了采购合同？", by: "owner" },
  },
  {
    name: "notice",
    language: "zh",
    title: "会议通知",
    paragraphs: [
      "{person}您好：{department}定于{date}在{room}召开会议，请您{attend}出席，会议由{chair}主持。",
      "请各位提前十分钟到场并将手机调至静音。会议材料将在会前一天发送至各部门邮箱，如有疑问请与行政办公室联系。",
    ],
    slots: {
      person: ["王芳", "李强", "张伟", "刘洋"],
      department: ["财务部", "人事部", "销售部"],
      date: ["三月四日", "三月五日", "4月12日"],
      room: ["一号会议室", "二号会议室"],
      attend: ["务必", "不必"],
      chair: ["陈静", "赵敏"],
    },
    question: { text: "{value}召开了哪些会议？", by: "department" },
  },
];
