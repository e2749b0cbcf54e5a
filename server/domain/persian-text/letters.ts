/**
 * One row per target letter: every character that is written, or shown, much like it.
 * Arabic, Urdu, Pashto, Kurdish, Sindhi and Uyghur letters; Cyrillic and Greek twins of Latin letters.
 */
export const LOOK_ALIKES: readonly (readonly [target: string, sources: string])[] = [
  ['ا', 'آأإٱٲٳٵ'],
  ['و', 'ؤٶٷۄۅۆۇۈۉۊۋۏ'],
  ['ی', 'ئيىېۍێېۑےۓؠؽؾؿٸݵݶݷݸ'],
  ['ه', 'ةۀہۂۃھەۿ'],
  ['ک', 'كڪڬڮݢݣݤ'],
  ['گ', 'ګڭڰڱڲڳڴ'],
  ['ب', 'ٻٮݐݑݒݓݔݕݖ'],
  ['ت', 'ٹٺټٽ'],
  ['پ', 'ڀ'],
  ['ث', 'ٿ'],
  ['ج', 'ڃڄ'],
  ['چ', 'څڇڿݘ'],
  ['ح', 'ځ'],
  ['خ', 'ڂݗ'],
  ['د', 'ڈډڊڋڌڍڎڏۮ'],
  ['ر', 'ڑڒړڔڕڗۯݛ'],
  ['ژ', 'ږڙ'],
  ['ش', 'ښڛڜۺݜ'],
  ['ص', 'ڝ'],
  ['ض', 'ڞۻ'],
  ['ط', 'ڟ'],
  ['ع', 'ڠ'],
  ['غ', 'ۼ'],
  ['ف', 'ڡڢڣڤڥڦ'],
  ['ق', 'ٯڧڨ'],
  ['ل', 'ڵڶڷڸݪ'],
  ['م', 'ݥݦ'],
  ['ن', 'ںڹڻڼڽ'],
  ['a', 'аα'],
  ['b', 'вβ'],
  ['c', 'с'],
  ['e', 'е'],
  ['h', 'н'],
  ['i', 'іıι'],
  ['j', 'ј'],
  ['k', 'кκ'],
  ['m', 'м'],
  ['o', 'оο'],
  ['p', 'рρ'],
  ['s', 'ѕ'],
  ['t', 'тτ'],
  ['x', 'хχ'],
  ['y', 'уυ'],
  ['σ', 'ς'],
]

/** Optional join inside a word: the zero-width non-joiner. */
export const HALF_SPACE = '\u200c'

/** Old Persian encodings wrote the half-space as a not-sign. */
export const HALF_SPACE_TWINS = '¬'

/** Marks and invisible characters that carry nothing when two texts are compared. */
export const DROPPED =
  /^[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u0300-\u036f\u0610-\u061c\u0621\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u070f\u08ca-\u08ff\u115f\u1160\u17b4\u17b5\u180b-\u180e\u1ab0-\u1aff\u1dc0-\u1dff\u200b\u200d-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\u3164\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\uffa0\ufff9-\ufffb]$/
