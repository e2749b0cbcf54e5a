/** Persian in Latin letters as readers type it. */
export const LATIN_PERSIAN = `
  man to too in na baa raa hey are daaram daari daare daarim daaran hichi hichki hichvaght hame hamash hameye rahat rahatam berim
  beram beri bere beran besham beshi beshe beshim beshan bokhor bokhorim bokhoram bebin bebinam begoo begu bego begam nagoo nagu
  goftam gofti goft goftim goftan nagoftam nagoft raftam rafti raft raftim raftan amadam umadam oomadam umad oomad didam didi did
  saat saa'at sobh asr zohr shabi roozi roozhaa maadaram pedaram baradaram khaharam doostam doost doosti eshgh eshgham jedi
  barnaame barname posht pish jelo aghab baham bahash behem behet behesh azam azat azash chie chiye kie kojaye inaa oonaa unaa
  dorost ghalat rast dorugh doroogh haghighat zendegi marg donya mardom keshvar shahr khiaboon khiabun pool pul kar kaar karo
  harf harfe harfa javab javaab soal soaal dars ketab ketaab daftar madrese daneshgah moalem ostad film aks ahang khabar khabara
  fekr fekre vaght vaghte hanoz hanooz daghighan hatman shayad bayad nabayad mitoonam mitooni mitoone nemitoonam nemishe mishe
  mikonam mikoni mikone mikonan nemikonam nemikone midoonam nemidoonam mikham mikhai mikhad nemikham shodam shodi shod shodim
  shodan nashod boodam boodi bood boodim boodan nabood hastam hasti hast hastim hastan nistam nisti nist nistim nistan
  salam ba be az dar ke man mano shoma ma oon un in inha ounha ham hame hameye khob khub khoob khoobe khoobi khobi
  mersi merci mamnoon mamnun lotfan baraye bara bare vase vaghti age agar ama vali chon pas ta ya hich har che
  chera chetor kojast koja kei kasi chizi chiz khod khodam khodet khodesh khodeton khodeshun dige digar hanuz
  hanooz alan emrooz farda dirooz sal mah rooz roz shab saat khane khoone kar mardom keshvar iran dolat tehran
  khabar khoda agha khanom doost dust dost azizam bad behtar behtarin bozorg kochik ziad kam mesle mesl masalan
  faghat bedune bedoon joor noe mored hatman shayad yani mige migam migan mishe nemishe mishan mikhad mikham
  mikhay midoonam nemidoonam midonam nemidonam dare daram dari darid darim darand nadare nadaram dasht dashtam
  dashte mitoone mitoonam mitoonid nemitoone raft raftam raftan amad oomad umad omad goft goftam gofte didam dad
  dadand dadam bede bedin bego begir kon nakon beshe bashe bashad basham bashid nabashe ona una ina unja injaa
  inja hamin hamoon chenin tooye toye roo ro dast sar pa cheshm ab nan pool pul gheymat ghaymat gushi bache
  bacheha madar pedar zan mard dokhtar pesar zendegi eshgh ketab film bazi tim bazikon hagh ghanoon ast hast
  hastand hastam hasti hastim nist nistam nistand bood budam boodam boodan boodand shod shodam shodan shodeh shode
  shavad mishavad bayad nabayad khahad khaham mikonad mikonam mikonand mikoni mikonid mikonim nemikonam nemikonad
  kard kardam kardan karde kardeh konand konam konid konim konad va vaa yek yeh ye do se chand besyar kheili
  kheyli khaili inke anha aan fekr nazar hala asan asln aslan vaghean vagean dorost ghalat rast hamishe hargez
  dobare baz avval aval akhar nafar hezar tooman toman darsad dame damet garm dametoon eyval afarin baba maman
  dadash jan joon ghorbanet fadat chakeram mokhlesam ensha mashala enshala nemiram miram mirim mirid miad miyad
  miyam biya bia boro beram berid nashod bebin nadarim sefid siah haal hal ghashang zesht tanha kamelan rabetamoun
  sabr
`

/** Everyday English words. */
export const ENGLISH = `
  sorry late something anything nothing everything someone anyone everyone nobody passed away dad mom father
  mother brother sister friend friends family house home school work job money night morning evening week month
  today tomorrow yesterday often sometimes still already yet soon early once twice please thanks thank hello okay
  great nice beautiful happy sad angry tired hungry sick old young new big small long short high low right wrong
  true false real sure hard easy free busy ready open close start stop begin end made took gave got put keep kept
  let told ask asked speak spoke talk call help try use find found feel felt leave left live lived die died buy
  bought eat ate drink sleep read write wrote learn teach play run walk drive wait stay sit stand hear heard
  listen watch look looked saw seen believe remember forget understand mean meant seem become happen happened
  change turn move bring brought show pay paid lose lost win won meet met follow send sent build kill country
  person men women child children boy girl name things place way water food book car door room city news
  government president police war peace death heart head hand eye eyes face body dog cat tree sun rain english
  until while during without within above below under between through against each every both few many much such
  same other another own really quite almost maybe perhaps however although though since whether either neither
  the a an is are was were be been am i you he she it we they my your his her our their this that these those and
  or but not no yes of to in on at for with from by as if so do does did have has had will would can could should
  may might must what when where why who how which all some any more most very too just only also there here then
  than now good bad like love hate want need know think go come get make see say said tell take give me him them
  us about into over after before because up down out off again never always people time year day man woman thing
  life world
`
