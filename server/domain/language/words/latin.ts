/** Persian in Latin letters as readers type it. */
export const LATIN_PERSIAN = `
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
  the a an is are was were be been am i you he she it we they my your his her our their this that these those and
  or but not no yes of to in on at for with from by as if so do does did have has had will would can could should
  may might must what when where why who how which all some any more most very too just only also there here then
  than now good bad like love hate want need know think go come get make see say said tell take give me him them
  us about into over after before because up down out off again never always people time year day man woman thing
  life world
`
