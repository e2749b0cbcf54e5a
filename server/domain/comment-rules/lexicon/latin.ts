import { type LexiconGroup, listed } from './types.ts'

/** Persian insults in Latin letters, and the English ones that Persian writers use. */
export const LATIN: readonly LexiconGroup[] = [
  {
    sense: 'با حروف لاتین',
    strength: 'severe',
    score: 0.9,
    words: listed(`
    kir، kiri، kiram، kiret، kirm، kos، koskesh، kos nanat، kos nane، kosesher، kossher، kosher nagu، jende،
    jendeh، jendeh khane، kuni، kooni، koonde، kunde، kun goshad، khaye، khaye mal، lashi، dayus، dayoos، jakesh،
    ghormsagh، binamus، bi namoos، bi sharaf، harumzade، haroomzade، haramzade، pedar sag، madarsag، tule sag،
    toole sag، goh، gooh، goh nakhor، goh khordi، gohkhor، gooh nakhor، ridi، ridam، ridam to، ahmagh، ahmaq،
    bisho oor، nafahm، kesafat، kesafat haye، oskol، oskal، kore khar، khafe sho، khafe، gom sho، zer nazan،
    khak too saret، khak bar sar، pofyuz، pofyooz، aldang، mardak، martike، zanike، bi pedar، bi gheyrat، siktir،
    sikt، fuck، fuck you، fucking، motherfucker، bitch، asshole، shit، bastard، gaeidam، gaidam، gayidam، olagh،
    khar، avazi، ashghal، kirm to، kire khar، kir to، kiram to، kosskesh، kosskhol، kos khol، kos maghz، kosmagz،
    kose nanat، jende khoone، madar jende، madar jendeh، madar ghahbe، nane jende، khar kosde، khar kose،
    gaidamet، gaeedam، gayidamet، pedar sokhte، bi shoor، bi shour، ablah، kodan، khengi، oskole، kesafate،
    khafe shoo، gom shoo، zer zer، goh mikhori، gooh khordi، gohe ziadi، bemir، boro bemir، lanat behet، lanati،
    khak too sar، khak to sar، khak tu sar، dahaneto beband، bi khaye، koonie، koon goshad، lashi bazi، heyvan،
    vahshi، mozdoor، mozdur، vatan foroosh، bi vojood، bi shakhsiat، motherfuckers، son of a bitch، fuck off،
    fucker، dumbass، jackass، bullshit، koon، koonet، koonesh، sag pedar، sagpedar، kire، harami، haromi، bi hame chiz، bi hamechiz،
    بی sharaf، بی namoos، بی namus، بی shoor، بی shour، بی gheyrat، بی pedar، بی hame chiz، pofioz، lajan، kaftar sefat، zaneke، mardike، khafe shid، kos kesh، koskesha، dayoosa، jakesha
    `),
  },
  {
    sense: 'با حروف لاتین',
    strength: 'context',
    score: 0.5,
    words: listed(`
    gav، gaav، gosale، goosale، gusfand، goosfand، sag، khook، kaftar، anter، antar، heyvoon، divoone، ravani،
    bisavad، bi savad، dorooghgoo، doroghgoo، khaen، vatanforoosh، shoghal، zaloo، angal، palid، kasif، gedaa
    `),
  },
]
