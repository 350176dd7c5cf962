/** A short letter in many languages, written for these tests: everyday words, a date, a sum, a name. */
export const letters: Readonly<Record<string, string>> = {
  English:
    "Dear Ms Keller, thank you for your letter of 3 March. The notice period is three months, unless both sides agree otherwise in writing. We would like to keep the flat until the end of June and will pay the rent of 1,240 euros as before. The boiler still makes a strange noise; could somebody look at it next week?",
  German:
    "Sehr geehrte Frau Keller, vielen Dank für Ihr Schreiben vom 3. März. Die Kündigungsfrist beträgt drei Monate, sofern beide Seiten nichts anderes schriftlich vereinbaren. Wir möchten die Wohnung bis Ende Juni behalten und überweisen die Miete von 1.240 Euro wie bisher. Der Heizkessel macht noch immer seltsame Geräusche; könnte ihn nächste Woche jemand ansehen?",
  French:
    "Chère Madame Keller, merci pour votre lettre du 3 mars. Le délai de préavis est de trois mois, sauf accord écrit des deux parties. Nous souhaitons garder l’appartement jusqu’à la fin du mois de juin et nous paierons le loyer de 1 240 euros comme avant. La chaudière fait toujours un bruit étrange ; quelqu’un pourrait-il la regarder la semaine prochaine ?",
  Spanish:
    "Estimada señora Keller: gracias por su carta del 3 de marzo. El plazo de preaviso es de tres meses, salvo que ambas partes acuerden otra cosa por escrito. Queremos conservar el piso hasta finales de junio y pagaremos el alquiler de 1.240 euros como hasta ahora. La caldera sigue haciendo un ruido extraño; ¿podría alguien revisarla la semana que viene?",
  Portuguese:
    "Prezada senhora Keller, obrigado pela sua carta de 3 de março. O prazo de aviso prévio é de três meses, salvo acordo escrito entre as duas partes. Gostaríamos de ficar com o apartamento até ao fim de junho e pagaremos a renda de 1.240 euros como antes. A caldeira continua a fazer um barulho estranho; alguém poderia vê-la na próxima semana?",
  Italian:
    "Gentile signora Keller, grazie per la sua lettera del 3 marzo. Il termine di preavviso è di tre mesi, salvo diverso accordo scritto tra le parti. Vorremmo tenere l’appartamento fino alla fine di giugno e pagheremo l’affitto di 1.240 euro come prima. La caldaia fa ancora uno strano rumore; qualcuno potrebbe controllarla la settimana prossima?",
  Dutch:
    "Geachte mevrouw Keller, hartelijk dank voor uw brief van 3 maart. De opzegtermijn bedraagt drie maanden, tenzij beide partijen schriftelijk iets anders afspreken. Wij willen de woning graag tot eind juni houden en betalen de huur van 1.240 euro zoals voorheen. De ketel maakt nog steeds een vreemd geluid; kan iemand er volgende week naar kijken?",
  Swedish:
    "Bästa fru Keller, tack för ert brev av den 3 mars. Uppsägningstiden är tre månader, om inte båda parter skriftligen kommer överens om något annat. Vi vill gärna behålla lägenheten till slutet av juni och betalar hyran på 1 240 euro som tidigare. Värmepannan låter fortfarande konstigt; kan någon titta på den nästa vecka?",
  Danish:
    "Kære fru Keller, tak for Deres brev af 3. marts. Opsigelsesvarslet er tre måneder, medmindre begge parter skriftligt aftaler noget andet. Vi vil gerne beholde lejligheden indtil udgangen af juni og betaler huslejen på 1.240 euro som hidtil. Kedlen larmer stadig mærkeligt; kunne nogen se på den i næste uge?",
  Finnish:
    "Hyvä rouva Keller, kiitos kirjeestänne, joka on päivätty 3. maaliskuuta. Irtisanomisaika on kolme kuukautta, elleivät molemmat osapuolet kirjallisesti toisin sovi. Haluaisimme pitää asunnon kesäkuun loppuun asti ja maksamme 1 240 euron vuokran kuten tähänkin asti. Lämmityskattila pitää edelleen outoa ääntä; voisiko joku katsoa sitä ensi viikolla?",
  Estonian:
    "Lugupeetud proua Keller, täname teid 3. märtsi kirja eest. Etteteatamistähtaeg on kolm kuud, kui mõlemad pooled ei lepi kirjalikult kokku teisiti. Soovime korterit hoida juuni lõpuni ja maksame üüri 1240 eurot nagu seni. Katel teeb endiselt kummalist häält; kas keegi saaks seda järgmisel nädalal vaadata?",
  Polish:
    "Szanowna Pani Keller, dziękujemy za list z 3 marca. Okres wypowiedzenia wynosi trzy miesiące, chyba że obie strony uzgodnią na piśmie inaczej. Chcielibyśmy zatrzymać mieszkanie do końca czerwca i będziemy płacić czynsz w wysokości 1240 euro jak dotychczas. Kocioł wciąż wydaje dziwne odgłosy; czy ktoś mógłby go obejrzeć w przyszłym tygodniu?",
  Czech:
    "Vážená paní Kellerová, děkujeme za Váš dopis ze 3. března. Výpovědní lhůta činí tři měsíce, pokud se obě strany písemně nedohodnou jinak. Byt bychom si rádi ponechali do konce června a nájemné 1 240 eur budeme platit jako dosud. Kotel stále vydává zvláštní zvuky; mohl by se na něj někdo příští týden podívat?",
  Hungarian:
    "Tisztelt Keller Asszony! Köszönjük március 3-i levelét. A felmondási idő három hónap, kivéve, ha a felek írásban másként állapodnak meg. A lakást szeretnénk június végéig megtartani, és az 1240 eurós bérleti díjat az eddigiek szerint fizetjük. A kazán még mindig furcsa hangot ad; meg tudná valaki nézni a jövő héten?",
  Romanian:
    "Stimată doamnă Keller, vă mulțumim pentru scrisoarea din 3 martie. Termenul de preaviz este de trei luni, dacă părțile nu convin altfel în scris. Am dori să păstrăm locuința până la sfârșitul lunii iunie și vom plăti chiria de 1.240 de euro ca până acum. Centrala face în continuare un zgomot ciudat; ar putea cineva să o verifice săptămâna viitoare?",
  Turkish:
    "Sayın Bayan Keller, 3 Mart tarihli mektubunuz için teşekkür ederiz. Taraflar yazılı olarak başka türlü anlaşmadıkça ihbar süresi üç aydır. Daireyi haziran sonuna kadar tutmak istiyoruz ve 1.240 avroluk kirayı eskisi gibi ödeyeceğiz. Kazan hâlâ tuhaf bir ses çıkarıyor; gelecek hafta biri bakabilir mi?",
  Indonesian:
    "Yth. Ibu Keller, terima kasih atas surat Anda tertanggal 3 Maret. Masa pemberitahuan adalah tiga bulan, kecuali kedua pihak sepakat lain secara tertulis. Kami ingin tetap menempati apartemen itu sampai akhir Juni dan akan membayar sewa 1.240 euro seperti biasa. Ketel pemanas masih berbunyi aneh; bisakah seseorang memeriksanya minggu depan?",
  Vietnamese:
    "Kính gửi bà Keller, cảm ơn bà về bức thư ngày 3 tháng 3. Thời hạn báo trước là ba tháng, trừ khi hai bên có thỏa thuận khác bằng văn bản. Chúng tôi muốn giữ căn hộ đến cuối tháng sáu và sẽ trả tiền thuê 1.240 euro như trước. Nồi hơi vẫn phát ra tiếng động lạ; tuần sau có ai đến xem được không?",
  Swahili:
    "Mpendwa Bi Keller, asante kwa barua yako ya tarehe 3 Machi. Muda wa notisi ni miezi mitatu, isipokuwa pande zote mbili zikubaliane vinginevyo kwa maandishi. Tungependa kubaki na nyumba hadi mwisho wa Juni na tutalipa kodi ya euro 1,240 kama kawaida. Boila bado inatoa sauti ya ajabu; je, mtu anaweza kuiangalia wiki ijayo?",
  Russian:
    "Уважаемая госпожа Келлер, благодарим за письмо от 3 марта. Срок уведомления составляет три месяца, если стороны письменно не договорятся об ином. Мы хотели бы сохранить квартиру до конца июня и будем платить 1240 евро за аренду, как и прежде. Котёл по-прежнему странно шумит; мог бы кто-нибудь посмотреть его на следующей неделе?",
  Ukrainian:
    "Шановна пані Келлер, дякуємо за лист від 3 березня. Строк попередження становить три місяці, якщо обидві сторони письмово не домовляться про інше. Ми хотіли б залишити за собою квартиру до кінця червня і платитимемо 1240 євро, як і раніше. Котел досі видає дивний звук; чи міг би хтось оглянути його наступного тижня?",
  Bulgarian:
    "Уважаема госпожо Келер, благодарим за писмото Ви от 3 март. Срокът на предизвестието е три месеца, освен ако двете страни не се договорят писмено за друго. Бихме искали да запазим жилището до края на юни и ще плащаме наема от 1240 евро както досега. Котелът все още издава странен шум; може ли някой да го прегледа следващата седмица?",
  Greek:
    "Αγαπητή κυρία Κέλερ, σας ευχαριστούμε για την επιστολή σας της 3ης Μαρτίου. Η προθεσμία καταγγελίας είναι τρεις μήνες, εκτός αν τα δύο μέρη συμφωνήσουν εγγράφως κάτι άλλο. Θα θέλαμε να κρατήσουμε το διαμέρισμα μέχρι τα τέλη Ιουνίου και θα πληρώνουμε το ενοίκιο των 1.240 ευρώ όπως πριν. Ο λέβητας κάνει ακόμη παράξενο θόρυβο· μπορεί κάποιος να τον δει την επόμενη εβδομάδα;",
  Armenian:
    "Հարգելի տիկին Քելլեր, շնորհակալություն մարտի 3-ի ձեր նամակի համար։ Ծանուցման ժամկետը երեք ամիս է, եթե կողմերը գրավոր այլ բան չեն համաձայնեցնում։ Մենք կցանկանայինք բնակարանը պահել մինչև հունիսի վերջ։",
  Georgian:
    "პატივცემულო ქალბატონო კელერ, გმადლობთ 3 მარტის წერილისთვის. შეტყობინების ვადა სამი თვეა, თუ მხარეები წერილობით სხვაგვარად არ შეთანხმდებიან. გვსურს ბინის შენარჩუნება ივნისის ბოლომდე.",
  Hebrew:
    "גברת קלר הנכבדה, תודה על מכתבך מיום 3 במרץ. תקופת ההודעה המוקדמת היא שלושה חודשים, אלא אם כן שני הצדדים יסכימו אחרת בכתב. ברצוננו להחזיק בדירה עד סוף יוני ונשלם את שכר הדירה בסך 1,240 אירו כמו קודם. הדוד עדיין משמיע רעש מוזר; האם מישהו יוכל לבדוק אותו בשבוע הבא?",
  Arabic:
    "السيدة كيلر المحترمة، شكرا على رسالتكم المؤرخة في 3 مارس. مدة الإشعار ثلاثة أشهر ما لم يتفق الطرفان كتابة على غير ذلك. نود الاحتفاظ بالشقة حتى نهاية يونيو وسندفع الإيجار البالغ 1240 يورو كما في السابق. ما زالت الغلاية تصدر صوتا غريبا، فهل يمكن لأحد أن يفحصها في الأسبوع القادم؟",
  "Arabic with vowel signs": "اَلسَّلَامُ عَلَيْكُمْ، نَشْكُرُكُمْ عَلَى رِسَالَتِكُمْ. مُدَّةُ الْإِشْعَارِ ثَلَاثَةُ أَشْهُرٍ.",
  Persian:
    "خانم کلر گرامی، از نامهٔ سوم مارس شما سپاسگزاریم. مهلت اطلاع‌رسانی سه ماه است، مگر آنکه دو طرف کتبا به شکل دیگری توافق کنند. می‌خواهیم آپارتمان را تا پایان ژوئن نگه داریم و اجارهٔ ۱۲۴۰ یورو را مانند گذشته می‌پردازیم. دیگ بخار هنوز صدای عجیبی می‌دهد؛ آیا کسی می‌تواند هفتهٔ آینده آن را ببیند؟",
  Urdu: "محترمہ کیلر، 3 مارچ کے آپ کے خط کا شکریہ۔ نوٹس کی مدت تین ماہ ہے، سوائے اس کے کہ دونوں فریق تحریری طور پر کچھ اور طے کریں۔ ہم جون کے آخر تک فلیٹ رکھنا چاہتے ہیں اور پہلے کی طرح کرایہ ادا کریں گے۔",
  Hindi:
    "प्रिय श्रीमती केलर, 3 मार्च के आपके पत्र के लिए धन्यवाद। नोटिस की अवधि तीन महीने है, जब तक दोनों पक्ष लिखित रूप में कुछ और तय न करें। हम फ्लैट को जून के अंत तक रखना चाहते हैं और 1,240 यूरो का किराया पहले की तरह देते रहेंगे। बॉयलर से अब भी अजीब आवाज़ आती है; क्या कोई अगले सप्ताह उसे देख सकता है?",
  Bengali:
    "প্রিয় মিসেস কেলার, ৩ মার্চের চিঠির জন্য ধন্যবাদ। উভয় পক্ষ লিখিতভাবে অন্য কিছু ঠিক না করলে নোটিশের সময়সীমা তিন মাস। আমরা জুনের শেষ পর্যন্ত ফ্ল্যাটটি রাখতে চাই এবং আগের মতোই ভাড়া দেব।",
  Tamil:
    "அன்புள்ள திருமதி கெல்லர், மார்ச் 3 தேதியிட்ட உங்கள் கடிதத்திற்கு நன்றி. இரு தரப்பினரும் எழுத்துப்பூர்வமாக வேறுவிதமாக ஒப்புக்கொள்ளாவிட்டால், அறிவிப்புக் காலம் மூன்று மாதங்கள்.",
  Thai: "เรียน คุณเคลเลอร์ ขอบคุณสำหรับจดหมายลงวันที่ 3 มีนาคม ระยะเวลาบอกกล่าวล่วงหน้าคือสามเดือน เว้นแต่ทั้งสองฝ่ายจะตกลงเป็นลายลักษณ์อักษรเป็นอย่างอื่น เราอยากเช่าห้องต่อไปจนถึงสิ้นเดือนมิถุนายน และจะจ่ายค่าเช่า 1,240 ยูโรเหมือนเดิม หม้อต้มน้ำยังมีเสียงแปลก ๆ สัปดาห์หน้าช่วยให้ใครมาดูได้ไหม",
  Khmer: "ជូនចំពោះអ្នកស្រី ខេលឡឺ សូមអរគុណសម្រាប់លិខិតចុះថ្ងៃទី៣ ខែមីនា។ រយៈពេលជូនដំណឹងគឺបីខែ។",
  Korean:
    "켈러 님께, 3월 3일 자 편지 감사합니다. 양측이 서면으로 달리 합의하지 않는 한 통지 기간은 석 달입니다. 저희는 6월 말까지 아파트를 유지하고 싶으며 월세 1,240유로는 지금처럼 내겠습니다. 보일러에서 여전히 이상한 소리가 나는데, 다음 주에 누가 봐 주실 수 있을까요?",
  Japanese:
    "ケラー様、3月3日付のお手紙をありがとうございます。双方が書面で別の取り決めをしない限り、解約の予告期間は三か月です。六月末まで部屋を借り続けたく、家賃1,240ユーロはこれまでどおりお支払いします。ボイラーからまだ変な音がします。来週どなたか見に来ていただけますか。",
  Chinese:
    "尊敬的凯勒女士：感谢您三月三日的来信。除非双方另有书面约定，通知期为三个月。我们希望将公寓保留到六月底，并照旧支付1240欧元的租金。锅炉仍然发出奇怪的声音，下周能否请人来看一下？",
  "Chinese, traditional":
    "尊敬的凱勒女士：感謝您三月三日的來信。除非雙方另有書面約定，通知期為三個月。我們希望將公寓保留到六月底，並照舊支付1240歐元的租金。鍋爐仍然發出奇怪的聲音，下週能否請人來看一下？",
};

/** A day at a lake, told in some of them; no figure of the estimate was fitted to these. */
export const stories: Readonly<Record<string, string>> = {
  Finnish:
    "Eilen kävimme mökillä järven rannalla. Vesi oli vielä kylmää, mutta lapset uivat silti koko iltapäivän. Illalla paistoimme makkaraa ja kuuntelimme, kuinka tuuli humisi mäntyjen latvoissa. Naapurin koira haukkui pitkään, kunnes joku vihdoin päästi sen sisään.",
  Polish:
    "Wczoraj byliśmy w domku nad jeziorem. Woda była jeszcze zimna, ale dzieci i tak kąpały się całe popołudnie. Wieczorem piekliśmy kiełbaski i słuchaliśmy, jak wiatr szumi w koronach sosen. Pies sąsiada długo szczekał, aż ktoś wreszcie wpuścił go do środka.",
  Czech:
    "Včera jsme byli na chatě u jezera. Voda byla ještě studená, ale děti se přesto koupaly celé odpoledne. Večer jsme opékali buřty a poslouchali, jak vítr šumí v korunách borovic.",
  Russian:
    "Вчера мы были на даче у озера. Вода была ещё холодной, но дети всё равно купались весь день. Вечером мы жарили колбаски и слушали, как ветер шумит в кронах сосен. Соседская собака долго лаяла, пока её наконец не впустили.",
  Arabic:
    "كنا أمس في البيت قرب البحيرة. كان الماء لا يزال باردا، لكن الأطفال سبحوا طوال بعد الظهر. في المساء شوينا النقانق واستمعنا إلى صوت الريح في أعالي الصنوبر. نبح كلب الجيران طويلا حتى أدخله أحدهم أخيرا.",
  Thai: "เมื่อวานเราไปบ้านพักริมทะเลสาบ น้ำยังเย็นอยู่ แต่เด็ก ๆ ก็ยังเล่นน้ำกันทั้งบ่าย ตอนเย็นเราย่างไส้กรอกและฟังเสียงลมพัดผ่านยอดสน สุนัขของเพื่อนบ้านเห่าอยู่นานจนในที่สุดก็มีคนให้มันเข้าบ้าน",
  Hindi:
    "कल हम झील के किनारे वाले घर गए थे। पानी अभी भी ठंडा था, फिर भी बच्चे पूरी दोपहर तैरते रहे। शाम को हमने खाना बनाया और हवा की आवाज़ सुनी।",
  Dutch:
    "Gisteren waren we in het huisje aan het meer. Het water was nog koud, maar de kinderen zwommen toch de hele middag. 's Avonds bakten we worstjes en luisterden we naar de wind in de toppen van de dennen.",
  Italian:
    "Ieri eravamo nella casetta sul lago. L'acqua era ancora fredda, ma i bambini hanno nuotato lo stesso tutto il pomeriggio. La sera abbiamo arrostito salsicce ascoltando il vento tra le cime dei pini.",
  Turkish:
    "Dün göl kenarındaki evdeydik. Su hâlâ soğuktu ama çocuklar yine de bütün öğleden sonra yüzdüler. Akşam sosis kızarttık ve çamların tepesinde uğuldayan rüzgârı dinledik.",
  Indonesian:
    "Kemarin kami berada di pondok tepi danau. Airnya masih dingin, tetapi anak-anak tetap berenang sepanjang sore. Malamnya kami memanggang sosis dan mendengarkan angin di pucuk pohon pinus.",
  Korean:
    "어제 우리는 호숫가 오두막에 있었다. 물은 아직 차가웠지만 아이들은 오후 내내 수영을 했다. 저녁에는 소시지를 굽고 소나무 꼭대기에 부는 바람 소리를 들었다.",
  Japanese:
    "昨日は湖畔の小屋に行った。水はまだ冷たかったが、子どもたちは午後ずっと泳いでいた。夕方にはソーセージを焼き、松の梢を渡る風の音に耳を傾けた。",
  Chinese:
    "昨天我们去了湖边的小屋。水还很冷，可是孩子们整个下午都在游泳。晚上我们烤香肠，听着风吹过松树的声音。",
  Ukrainian:
    "Учора ми були в будиночку біля озера. Вода була ще холодна, але діти все одно купалися весь день. Увечері ми смажили ковбаски й слухали, як вітер шумить у верхів'ях сосен.",
  Greek:
    "Χθες ήμασταν στο σπιτάκι δίπλα στη λίμνη. Το νερό ήταν ακόμα κρύο, αλλά τα παιδιά κολυμπούσαν όλο το απόγευμα.",
  Hebrew:
    "אתמול היינו בבקתה ליד האגם. המים היו עדיין קרים, אבל הילדים שחו כל אחר הצהריים. בערב צלינו נקניקיות והקשבנו לרוח בצמרות האורנים.",
  Persian:
    "دیروز در کلبهٔ کنار دریاچه بودیم. آب هنوز سرد بود، اما بچه‌ها تمام بعدازظهر شنا کردند. شب سوسیس کباب کردیم و به صدای باد گوش دادیم.",
  Hungarian:
    "Tegnap a tóparti házban voltunk. A víz még hideg volt, de a gyerekek mégis egész délután fürödtek. Este kolbászt sütöttünk, és hallgattuk, ahogy a szél zúg a fenyők között.",
  Vietnamese:
    "Hôm qua chúng tôi ở căn nhà nhỏ bên hồ. Nước vẫn còn lạnh nhưng bọn trẻ vẫn bơi suốt buổi chiều. Buổi tối chúng tôi nướng xúc xích và nghe tiếng gió thổi.",
  Swedish:
    "I går var vi i stugan vid sjön. Vattnet var fortfarande kallt, men barnen badade ändå hela eftermiddagen. På kvällen grillade vi korv och lyssnade på vinden i tallarnas toppar.",
  Spanish:
    "Ayer estuvimos en la casita junto al lago. El agua todavía estaba fría, pero los niños se bañaron igualmente toda la tarde. Por la noche asamos salchichas y escuchamos el viento entre los pinos.",
  Portuguese:
    "Ontem estivemos na casinha junto ao lago. A água ainda estava fria, mas as crianças nadaram na mesma a tarde toda. À noite assámos salsichas e ouvimos o vento nas copas dos pinheiros.",
  French:
    "Hier, nous étions dans le chalet au bord du lac. L'eau était encore froide, mais les enfants ont nagé tout l'après-midi. Le soir, nous avons grillé des saucisses en écoutant le vent dans les pins.",
  Swahili:
    "Jana tulikuwa kwenye nyumba kando ya ziwa. Maji yalikuwa bado baridi, lakini watoto waliogelea mchana kutwa. Jioni tulichoma soseji na kusikiliza upepo.",
  Romanian:
    "Ieri am fost la căsuța de lângă lac. Apa era încă rece, dar copiii au înotat totuși toată după-amiaza. Seara am prăjit cârnați și am ascultat vântul din vârful pinilor.",
  Estonian:
    "Eile olime järveäärses majas. Vesi oli veel külm, aga lapsed ujusid siiski terve pärastlõuna. Õhtul küpsetasime vorste ja kuulasime, kuidas tuul mändide latvades kohises.",
};
