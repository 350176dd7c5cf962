/** A passage with claims that it supports, and claims that use its words to say something else. */
export interface ClaimCase {
  readonly language: "en" | "de" | "zh";
  readonly passage: string;
  /** Said again, shortened or in another order; each true by the passage. */
  readonly supported: readonly string[];
  /** Opposites, swaps, other quantities: none is said by the passage. */
  readonly wrong: readonly string[];
}

/** Written for this project. Rules were chosen on the even half; figures are those of the odd half. */
export const claimCases: readonly ClaimCase[] = [
  {
    language: "en",
    passage: "The tenant may not sublet the flat without the written consent of the landlord.",
    supported: [
      "The tenant may not sublet the flat without the landlord's written consent.",
      "The tenant may not sublet the flat without written consent.",
      "Without the written consent of the landlord the tenant may not sublet the flat.",
    ],
    wrong: [
      "The tenant may sublet the flat without the written consent of the landlord.",
      "The tenant may not sublet the flat.",
      "The landlord may not sublet the flat without the written consent of the tenant.",
      "The tenant must sublet the flat with the written consent of the landlord.",
    ],
  },
  {
    language: "en",
    passage: "Anna owes Bernd 500 euro, and Carla owes Anna 200 euro.",
    supported: ["Anna owes Bernd 500 euro.", "Carla owes Anna 200 euro.", "Anna owes Bernd €500."],
    wrong: [
      "Bernd owes Anna 500 euro.",
      "Anna owes Carla 200 euro.",
      "Anna owes Bernd 200 euro.",
      "Carla owes Anna 500 euro.",
    ],
  },
  {
    language: "en",
    passage: "Sales in April were higher than in March, while costs in April were lower than in March.",
    supported: ["Sales in April were higher than in March.", "Costs in April were lower than in March."],
    wrong: [
      "Sales in March were higher than in April.",
      "Sales in April were lower than in March.",
      "Costs in April were higher than in March.",
      "Sales in April were as high as in March.",
    ],
  },
  {
    language: "en",
    passage: "The board approved the budget on 4 May. The works council was not consulted.",
    supported: [
      "The budget was approved by the board on 4 May.",
      "On 4 May the board approved the budget.",
      "The works council was not consulted.",
    ],
    wrong: [
      "The board did not approve the budget on 4 May.",
      "The board rejected the budget on 4 May.",
      "The works council was consulted.",
      "The works council approved the budget on 4 May.",
      "The board approved the budget on 5 May.",
    ],
  },
  {
    language: "en",
    passage: "Revenue rose by 12 percent in 2022 and fell by 3 percent in 2023.",
    supported: [
      "Revenue rose by 12 percent in 2022.",
      "Revenue fell by 3 percent in 2023.",
      "In 2022 revenue rose by 12%.",
    ],
    wrong: [
      "Revenue fell by 12 percent in 2022.",
      "Revenue rose by 3 percent in 2023.",
      "Revenue rose by 12 percent in 2023.",
      "Revenue rose to 12 percent in 2022.",
    ],
  },
  {
    language: "en",
    passage: "The supplier is liable for damage caused by delay, but not for lost profit.",
    supported: [
      "The supplier is liable for damage caused by delay.",
      "According to the document, the supplier is liable for damage caused by delay.",
    ],
    wrong: [
      "The supplier is not liable for damage caused by delay.",
      "The supplier is liable for lost profit.",
      "The supplier is liable for damage and lost profit.",
    ],
  },
  {
    language: "en",
    passage: "Either party may terminate the agreement with three months' notice to the end of a quarter.",
    supported: [
      "Either party may terminate the agreement with three months' notice.",
      "Either party may terminate the agreement with 3 months' notice to the end of a quarter.",
    ],
    wrong: [
      "Neither party may terminate the agreement with three months' notice.",
      "Either party must terminate the agreement with three months' notice.",
      "Either party may terminate the agreement with six months' notice.",
      "Either party may terminate the agreement without three months' notice.",
    ],
  },
  {
    language: "en",
    passage: "The package left Hamburg on Monday and reached Lyon on Thursday.",
    supported: ["The package left Hamburg on Monday.", "The package reached Lyon on Thursday."],
    wrong: [
      "The package left Lyon on Monday.",
      "The package left Hamburg on Thursday.",
      "The package reached Hamburg on Thursday.",
      "The package never left Hamburg on Monday.",
    ],
  },
  {
    language: "en",
    passage: "Only members of the committee can vote. Guests can speak but cannot vote.",
    supported: ["Only members of the committee can vote.", "Guests can speak."],
    wrong: [
      "Guests can vote.",
      "Guests can speak and can vote.",
      "Members of the committee cannot vote.",
      "Only guests can vote.",
    ],
  },
  {
    language: "en",
    passage: "The company moved from Leeds to Bristol in 2019 after the lease in Leeds had ended.",
    supported: [
      "The company moved from Leeds to Bristol in 2019.",
      "In 2019 the company moved from Leeds to Bristol.",
    ],
    wrong: [
      "The company moved from Bristol to Leeds in 2019.",
      "The company moved to Leeds from Bristol in 2019.",
      "The company moved from Leeds to Bristol before the lease in Leeds had ended.",
      "The company did not move from Leeds to Bristol in 2019.",
    ],
  },
  {
    language: "en",
    passage: "The deposit of 1,200 pounds is repaid within 30 days if no damage is found.",
    supported: [
      "The deposit of 1,200 pounds is repaid within 30 days if no damage is found.",
      "The deposit of £1,200 is repaid within 30 days if no damage is found.",
      "If no damage is found, the deposit of 1,200 pounds is repaid within 30 days.",
    ],
    wrong: [
      "The deposit of 1,200 pounds is repaid within 30 days if damage is found.",
      "The deposit of 1,200 pounds is not repaid within 30 days if no damage is found.",
      "The deposit of 1,200 pounds is always repaid within 30 days.",
      "The deposit of 30 pounds is repaid within 1,200 days if no damage is found.",
    ],
  },
  {
    language: "en",
    passage: "Dr Weber examined the patient and found no sign of infection; the fever had other causes.",
    supported: [
      "Dr Weber examined the patient and found no sign of infection.",
      "The fever had other causes.",
    ],
    wrong: [
      "Dr Weber found a sign of infection.",
      "The patient examined Dr Weber.",
      "The fever had no other causes.",
      "Dr Weber found no cause of the fever.",
    ],
  },
  {
    language: "en",
    passage: "At least five members must be present; otherwise the meeting cannot take decisions.",
    supported: ["At least five members must be present."],
    wrong: [
      "At most five members must be present.",
      "At least five members need not be present.",
      "The meeting can take decisions.",
      "At least five members may be present.",
    ],
  },
  {
    language: "en",
    passage: "The Heron model weighs less than the Kestrel model and costs more.",
    supported: ["The Heron model weighs less than the Kestrel model."],
    wrong: [
      "The Kestrel model weighs less than the Heron model.",
      "The Heron model weighs more than the Kestrel model.",
      "The Heron model costs less than the Kestrel model.",
    ],
  },
  {
    language: "en",
    passage: "The committee failed to reach an agreement on the new site. It will meet again in June.",
    supported: ["The committee failed to reach an agreement on the new site."],
    wrong: [
      "The committee reached an agreement on the new site.",
      "The committee will reach an agreement on the new site in June.",
      "The committee will not meet again in June.",
    ],
  },
  {
    language: "en",
    passage: "Employees pay 40 percent of the premium and the employer pays 60 percent.",
    supported: [
      "Employees pay 40 percent of the premium.",
      "The employer pays 60 percent.",
      "Employees pay 40% of the premium.",
    ],
    wrong: [
      "Employees pay 60 percent of the premium.",
      "The employer pays 40 percent of the premium.",
      "Employers pay 40 percent of the premium.",
      "The employees pay 60 percent.",
    ],
  },
  {
    language: "de",
    passage:
      "Der Mieter darf die Wohnung nicht untervermieten. Haustiere sind mit Zustimmung des Vermieters erlaubt.",
    supported: [
      "Der Mieter darf die Wohnung nicht untervermieten.",
      "Haustiere sind mit Zustimmung des Vermieters erlaubt.",
      "Laut Dokument darf der Mieter die Wohnung nicht untervermieten.",
    ],
    wrong: [
      "Der Mieter darf die Wohnung untervermieten.",
      "Haustiere sind nicht erlaubt.",
      "Haustiere sind ohne Zustimmung des Vermieters erlaubt.",
      "Der Vermieter darf die Wohnung nicht untervermieten.",
      "Der Mieter muss die Wohnung untervermieten.",
    ],
  },
  {
    language: "de",
    passage: "Die Käuferin zahlt dem Verkäufer 8.500 Euro bis zum 15. März.",
    supported: [
      "Die Käuferin zahlt dem Verkäufer 8.500 Euro.",
      "Die Käuferin zahlt dem Verkäufer 8500 Euro bis zum 15. März.",
    ],
    wrong: [
      "Der Verkäufer zahlt der Käuferin 8.500 Euro.",
      "Die Käuferin zahlt dem Verkäufer 15 Euro.",
      "Die Käuferin zahlt dem Verkäufer nichts bis zum 15. März.",
      "Die Käuferin zahlt dem Verkäufer 8.500 Euro ab dem 15. März.",
    ],
  },
  {
    language: "de",
    passage: "Der Umsatz war 2023 höher als 2022, der Gewinn jedoch niedriger als im Vorjahr.",
    supported: ["Der Umsatz war 2023 höher als 2022.", "Der Gewinn war niedriger als im Vorjahr."],
    wrong: [
      "Der Umsatz war 2022 höher als 2023.",
      "Der Umsatz war 2023 niedriger als 2022.",
      "Der Gewinn war höher als im Vorjahr.",
      "Der Umsatz war 2023 nicht höher als 2022.",
    ],
  },
  {
    language: "de",
    passage: "Die Geschäftsführung bestreitet, dass der Vertrag am 1. Juli gekündigt wurde.",
    supported: ["Die Geschäftsführung bestreitet, dass der Vertrag am 1. Juli gekündigt wurde."],
    wrong: [
      "Der Vertrag wurde am 1. Juli gekündigt.",
      "Die Geschäftsführung bestätigt, dass der Vertrag am 1. Juli gekündigt wurde.",
      "Der Vertrag wurde am 1. Juli nicht gekündigt.",
    ],
  },
  {
    language: "de",
    passage: "Frau Lindner hat Herrn Kolbe das Fahrrad geliehen; er muss es am Freitag zurückgeben.",
    supported: ["Frau Lindner hat Herrn Kolbe das Fahrrad geliehen."],
    wrong: [
      "Herr Kolbe hat Frau Lindner das Fahrrad geliehen.",
      "Frau Lindner hat Herrn Kolbe das Fahrrad nicht geliehen.",
      "Frau Lindner muss das Fahrrad am Freitag zurückgeben.",
      "Frau Lindner hat Herrn Kolbe kein Fahrrad geliehen.",
    ],
  },
  {
    language: "de",
    passage: "Der Versicherer haftet nicht für Schäden, die der Versicherungsnehmer vorsätzlich verursacht.",
    supported: [
      "Der Versicherer haftet nicht für Schäden, die der Versicherungsnehmer vorsätzlich verursacht.",
      "Der Versicherer haftet nicht für vorsätzlich verursachte Schäden.",
    ],
    wrong: [
      "Der Versicherer haftet für Schäden, die der Versicherungsnehmer vorsätzlich verursacht.",
      "Der Versicherungsnehmer haftet nicht für Schäden, die der Versicherer vorsätzlich verursacht.",
      "Der Versicherer haftet für vorsätzlich verursachte Schäden.",
    ],
  },
  {
    language: "de",
    passage: "Der Zug fährt um 8 Uhr von Kassel nach Göttingen und um 17 Uhr von Göttingen nach Kassel.",
    supported: ["Der Zug fährt um 8 Uhr von Kassel nach Göttingen."],
    wrong: [
      "Der Zug fährt um 8 Uhr von Göttingen nach Kassel.",
      "Der Zug fährt um 17 Uhr von Kassel nach Göttingen.",
      "Der Zug fährt um 8 Uhr nicht von Kassel nach Göttingen.",
    ],
  },
  {
    language: "de",
    passage: "Mindestens drei Angebote sind einzuholen, sofern der Auftrag 5.000 Euro übersteigt.",
    supported: [
      "Mindestens drei Angebote sind einzuholen, sofern der Auftrag 5.000 Euro übersteigt.",
      "Sofern der Auftrag 5.000 Euro übersteigt, sind mindestens drei Angebote einzuholen.",
    ],
    wrong: [
      "Höchstens drei Angebote sind einzuholen, sofern der Auftrag 5.000 Euro übersteigt.",
      "Mindestens drei Angebote sind immer einzuholen.",
      "Mindestens drei Angebote sind einzuholen, sofern der Auftrag 5.000 Euro nicht übersteigt.",
      "Mindestens fünf Angebote sind einzuholen, sofern der Auftrag 3.000 Euro übersteigt.",
    ],
  },
  {
    language: "de",
    passage: "Der Vorstand genehmigte den Haushalt am 4. Mai. Der Betriebsrat wurde nicht angehört.",
    supported: [
      "Der Haushalt wurde vom Vorstand am 4. Mai genehmigt.",
      "Der Betriebsrat wurde nicht angehört.",
      "Der Vorstand genehmigte am 4. Mai den Haushalt.",
    ],
    wrong: [
      "Der Vorstand genehmigte den Haushalt nicht am 4. Mai.",
      "Der Betriebsrat wurde angehört.",
      "Der Betriebsrat genehmigte den Haushalt am 4. Mai.",
      "Der Vorstand lehnte den Haushalt am 4. Mai ab.",
    ],
  },
  {
    language: "de",
    passage: "Nur Mitglieder dürfen abstimmen, Gäste dürfen zuhören.",
    supported: ["Nur Mitglieder dürfen abstimmen.", "Gäste dürfen zuhören."],
    wrong: [
      "Gäste dürfen abstimmen.",
      "Mitglieder dürfen nicht abstimmen.",
      "Gäste dürfen nicht zuhören.",
      "Nur Gäste dürfen zuhören.",
    ],
  },
  {
    language: "de",
    passage: "Dem Mieter schuldet der Vermieter 300 Euro aus der Abrechnung für 2022.",
    supported: [
      "Dem Mieter schuldet der Vermieter 300 Euro.",
      "Dem Mieter schuldet der Vermieter 300 Euro aus der Abrechnung.",
    ],
    wrong: [
      "Der Mieter schuldet dem Vermieter 300 Euro.",
      "Der Mieter schuldet dem Vermieter 300 Euro aus der Abrechnung für 2022.",
      "Dem Vermieter schuldet der Mieter 300 Euro.",
      "Dem Mieter schuldet der Vermieter 2022 Euro.",
    ],
  },
  {
    language: "de",
    passage: "Das alte Modell ist leichter als das neue, das neue Modell ist jedoch schneller.",
    supported: ["Das alte Modell ist leichter als das neue.", "Das neue Modell ist schneller."],
    wrong: [
      "Das neue Modell ist leichter als das alte.",
      "Das alte Modell ist schneller.",
      "Das alte Modell ist schneller als das neue.",
    ],
  },
  {
    language: "zh",
    passage: "承租人不可以将房屋转租给第三方，但可以在房屋内饲养宠物。",
    supported: [
      "承租人不可以将房屋转租给第三方。",
      "根据文件，承租人不可以将房屋转租给第三方。",
      "承租人可以在房屋内饲养宠物。",
    ],
    wrong: [
      "承租人可以将房屋转租给第三方。",
      "承租人不可以在房屋内饲养宠物。",
      "第三方不可以将房屋转租给承租人。",
      "承租人必须将房屋转租给第三方。",
    ],
  },
  {
    language: "zh",
    passage: "甲方应当在三十日内向乙方支付货款十二万元。",
    supported: [
      "甲方应当在三十日内向乙方支付货款。",
      "甲方应当向乙方支付货款十二万元。",
      "甲方应当在三十日内向乙方支付货款十二万元。",
    ],
    wrong: [
      "乙方应当在三十日内向甲方支付货款十二万元。",
      "甲方无需在三十日内向乙方支付货款。",
      "甲方应当在十二日内向乙方支付货款三十万元。",
      "甲方可以在三十日内向乙方支付货款。",
    ],
  },
  {
    language: "zh",
    passage: "四月的销售额高于三月，但四月的成本低于三月。",
    supported: ["四月的销售额高于三月。", "四月的成本低于三月。"],
    wrong: [
      "三月的销售额高于四月。",
      "四月的销售额低于三月。",
      "四月的成本高于三月。",
      "四月的销售额不高于三月。",
    ],
  },
  {
    language: "zh",
    passage: "董事会于5月4日批准了年度预算，监事会没有参加会议。",
    supported: [
      "董事会批准了年度预算。",
      "董事会于5月4日批准年度预算。",
      "监事会没有参加会议。",
      "年度预算由董事会批准。",
    ],
    wrong: [
      "董事会没有批准年度预算。",
      "董事会否决了年度预算。",
      "监事会参加了会议。",
      "监事会批准了年度预算。",
      "董事会于5月14日批准了年度预算。",
    ],
  },
  {
    language: "zh",
    passage: "王芳借给李强五百元，李强还欠张伟三百元。",
    supported: ["王芳借给李强五百元。", "李强还欠张伟三百元。"],
    wrong: [
      "李强借给王芳五百元。",
      "张伟还欠李强三百元。",
      "王芳借给李强三百元。",
      "王芳没有借给李强五百元。",
    ],
  },
  {
    language: "zh",
    passage: "公司于2019年从上海迁往苏州，当时上海的租约尚未到期。",
    supported: ["公司于2019年从上海迁往苏州。", "2019年公司从上海迁往苏州。"],
    wrong: [
      "公司于2019年从苏州迁往上海。",
      "公司于2019年没有从上海迁往苏州。",
      "当时上海的租约已经到期。",
      "公司于2018年从上海迁往苏州。",
    ],
  },
  {
    language: "zh",
    passage: "除非双方书面同意，本合同的任何条款都不得修改。",
    supported: ["除非双方书面同意，本合同的任何条款都不得修改。", "除非双方书面同意，任何条款都不得修改。"],
    wrong: [
      "本合同的任何条款都可以修改。",
      "双方书面同意，本合同的任何条款都不得修改。",
      "本合同的任何条款都不得修改。",
    ],
  },
  {
    language: "zh",
    passage: "本产品在室温下可保存两年，开封后应在一个月内用完。",
    supported: ["本产品在室温下可保存两年。", "开封后应在一个月内用完。"],
    wrong: [
      "本产品在室温下不可保存两年。",
      "开封后应在两年内用完。",
      "本产品在室温下可保存一个月。",
      "开封前应在一个月内用完。",
    ],
  },
  {
    language: "zh",
    passage: "供应商对延误造成的损失承担责任，对预期利润不承担责任。",
    supported: ["供应商对延误造成的损失承担责任。", "供应商对预期利润不承担责任。"],
    wrong: [
      "供应商对延误造成的损失不承担责任。",
      "供应商对预期利润承担责任。",
      "供应商不对延误造成的损失承担责任。",
    ],
  },
  {
    language: "zh",
    passage: "至少五名成员出席时，会议方可作出决定，来宾无表决权。",
    supported: ["至少五名成员出席时，会议方可作出决定。", "来宾无表决权。"],
    wrong: [
      "至多五名成员出席时，会议方可作出决定。",
      "来宾有表决权。",
      "至少五名成员出席时，会议不可作出决定。",
      "成员无表决权。",
    ],
  },
  {
    language: "zh",
    passage: "新机型比旧机型轻，但价格比旧机型高。",
    supported: ["新机型比旧机型轻。"],
    wrong: ["旧机型比新机型轻。", "新机型比旧机型重。", "新机型价格比旧机型低。", "新机型没有旧机型轻。"],
  },
  {
    language: "en",
    passage:
      "The grant was awarded to the museum by the city council. The museum had asked for 90,000 dollars and received 60,000 dollars.",
    supported: [
      "The city council awarded the grant to the museum.",
      "The museum received 60,000 dollars.",
      "The museum had asked for $90,000.",
    ],
    wrong: [
      "The museum awarded the grant to the city council.",
      "The museum received 90,000 dollars.",
      "The museum had asked for 60,000 dollars.",
      "The grant was not awarded to the museum.",
      "The grant was awarded by the museum to the city council.",
    ],
  },
  {
    language: "en",
    passage:
      "All invoices are checked twice, and most are paid within two weeks. Some suppliers ask for payment in advance.",
    supported: ["All invoices are checked twice.", "Some suppliers ask for payment in advance."],
    wrong: [
      "Some invoices are checked twice.",
      "All invoices are paid within two weeks.",
      "All suppliers ask for payment in advance.",
      "No invoices are checked twice.",
      "Most suppliers ask for payment in advance.",
    ],
  },
  {
    language: "en",
    passage: "Norwood Mills sued Acme Limited over the patent. The court dismissed the claim in March.",
    supported: [
      "Norwood Mills sued Acme Limited over the patent.",
      "In March the court dismissed the claim.",
      "Acme Limited was sued by Norwood Mills over the patent.",
    ],
    wrong: [
      "Acme Limited sued Norwood Mills over the patent.",
      "The court allowed the claim in March.",
      "Norwood Mills was sued by Acme Limited over the patent.",
      "Norwood Mills did not sue Acme Limited.",
    ],
  },
  {
    language: "en",
    passage: "The cheaper of the two offers came from Halden, but the committee chose the offer of Delmar.",
    supported: [
      "The committee chose the offer of Delmar.",
      "The cheaper of the two offers came from Halden.",
    ],
    wrong: [
      "The committee chose the offer of Halden.",
      "The cheaper of the two offers came from Delmar.",
      "The committee did not choose the offer of Delmar.",
    ],
  },
  {
    language: "en",
    passage: "Smoking isn't permitted in the building or in the yard. Dogs are permitted in the yard only.",
    supported: ["Smoking is not permitted in the building.", "Dogs are permitted in the yard only."],
    wrong: [
      "Smoking is permitted in the building.",
      "Smoking is permitted in the yard.",
      "Dogs are permitted in the building.",
      "Dogs are permitted in the building and in the yard.",
      "Dogs are not permitted in the yard.",
    ],
  },
  {
    language: "en",
    passage:
      "Mr Carter gave notice on 3 May 2024; his contract therefore ends on 31 August 2024, not on 30 June 2024.",
    supported: ["Mr Carter gave notice on 3 May 2024.", "His contract ends on 31 August 2024."],
    wrong: [
      "His contract ends on 30 June 2024.",
      "Mr Carter gave notice on 31 August 2024.",
      "Mr Carter gave notice on 3 June 2024.",
      "His contract does not end on 31 August 2024.",
    ],
  },
  {
    language: "en",
    passage: "No employee may take more than ten days of leave in a row unless the manager agrees.",
    supported: [
      "No employee may take more than ten days of leave in a row unless the manager agrees.",
      "Unless the manager agrees, no employee may take more than ten days of leave in a row.",
    ],
    wrong: [
      "An employee may take more than ten days of leave in a row.",
      "No employee may take less than ten days of leave in a row unless the manager agrees.",
      "Every employee may take more than ten days of leave in a row unless the manager agrees.",
      "No employee may take ten days of leave.",
    ],
  },
  {
    language: "en",
    passage: "The vaccine reduced infections by 40 percent among adults and by 70 percent among children.",
    supported: [
      "The vaccine reduced infections by 40 percent among adults.",
      "The vaccine reduced infections by 40% among adults and by 70% among children.",
    ],
    wrong: [
      "The vaccine reduced infections by 70 percent among adults.",
      "The vaccine increased infections by 40 percent among adults.",
      "The vaccine reduced infections by 40 percent among children.",
      "The vaccine reduced infections to 40 percent among adults.",
    ],
  },
  {
    language: "de",
    passage: "Die Firma Halden hat die Firma Delmar verklagt. Das Gericht wies die Klage ab.",
    supported: ["Die Firma Halden hat die Firma Delmar verklagt.", "Das Gericht wies die Klage ab."],
    wrong: [
      "Die Firma Delmar hat die Firma Halden verklagt.",
      "Das Gericht wies die Klage nicht ab.",
      "Das Gericht gab der Klage statt.",
      "Die Firma Halden hat die Firma Delmar nicht verklagt.",
    ],
  },
  {
    language: "de",
    passage: "Kinder unter zwölf Jahren zahlen keinen Eintritt, Erwachsene zahlen neun Euro.",
    supported: [
      "Kinder unter zwölf Jahren zahlen keinen Eintritt.",
      "Erwachsene zahlen neun Euro.",
      "Erwachsene zahlen 9 Euro.",
    ],
    wrong: [
      "Kinder unter zwölf Jahren zahlen neun Euro.",
      "Erwachsene zahlen keinen Eintritt.",
      "Kinder über zwölf Jahren zahlen keinen Eintritt.",
      "Kinder unter zwölf Jahren zahlen Eintritt.",
      "Erwachsene zahlen zwölf Euro.",
    ],
  },
  {
    language: "de",
    passage:
      "Es trifft nicht zu, dass Herr Maier den Vertrag unterschrieben hat; unterschrieben hat ihn Frau Meier.",
    supported: ["Es trifft nicht zu, dass Herr Maier den Vertrag unterschrieben hat."],
    wrong: [
      "Herr Maier hat den Vertrag unterschrieben.",
      "Es trifft zu, dass Herr Maier den Vertrag unterschrieben hat.",
      "Frau Meier hat den Vertrag nicht unterschrieben.",
    ],
  },
  {
    language: "de",
    passage: "Das Lager in Ulm ist größer als das Lager in Bonn und kleiner als das Lager in Jena.",
    supported: [
      "Das Lager in Ulm ist größer als das Lager in Bonn.",
      "Das Lager in Ulm ist kleiner als das Lager in Jena.",
    ],
    wrong: [
      "Das Lager in Bonn ist größer als das Lager in Ulm.",
      "Das Lager in Ulm ist kleiner als das Lager in Bonn.",
      "Das Lager in Ulm ist größer als das Lager in Jena.",
      "Das Lager in Jena ist kleiner als das Lager in Ulm.",
    ],
  },
  {
    language: "zh",
    passage: "法院驳回了原告的请求，被告无需赔偿。",
    supported: ["法院驳回了原告的请求。", "被告无需赔偿。"],
    wrong: [
      "法院支持了原告的请求。",
      "法院没有驳回原告的请求。",
      "被告需赔偿。",
      "原告无需赔偿。",
      "法院驳回了被告的请求。",
    ],
  },
  {
    language: "zh",
    passage: "十二岁以下儿童免费入场，成人票价为九十元，比去年贵十元。",
    supported: ["十二岁以下儿童免费入场。", "成人票价为九十元。"],
    wrong: [
      "十二岁以上儿童免费入场。",
      "成人免费入场。",
      "成人票价比去年便宜十元。",
      "十二岁以下儿童不能免费入场。",
      "成人票价为十元。",
    ],
  },
  {
    language: "zh",
    passage: "东湖公司收购了青山公司百分之三十的股份，青山公司仍由王芳负责。",
    supported: ["东湖公司收购了青山公司百分之三十的股份。", "青山公司仍由王芳负责。"],
    wrong: [
      "青山公司收购了东湖公司百分之三十的股份。",
      "东湖公司仍由王芳负责。",
      "东湖公司没有收购青山公司的股份。",
      "东湖公司收购了青山公司百分之五十的股份。",
      "青山公司不再由王芳负责。",
    ],
  },
  {
    language: "zh",
    passage: "未经对方同意，任何一方不得公开合同内容，但法律另有规定的除外。",
    supported: ["未经对方同意，任何一方不得公开合同内容，但法律另有规定的除外。"],
    wrong: [
      "任何一方可以公开合同内容。",
      "经对方同意，任何一方不得公开合同内容。",
      "任何一方不得公开合同内容。",
      "未经对方同意，任何一方可以公开合同内容。",
    ],
  },
];
