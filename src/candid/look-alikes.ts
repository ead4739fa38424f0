/**
 * Whether a text that names somebody can be taken for another, by the scripts of its letters (UTS 39). For where a person decides: the text
 * is then shown with the numbers of its characters.
 */

const LATIN = /\p{Script=Latin}/u;

/** Scripts whose letters look like those of others; those of East Asia are written with Latin letters among them. */
const OTHERS = [
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
  /\p{Script=Coptic}/u,
  /\p{Script=Georgian}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Arabic}/u,
];

/** A text whose every letter looks like one of the Latin script, and some are none. */
const LOOKS_LATIN =
  /^(?:[аԁеһіјӏорԛѕԝхусАВЕЅІЈКМНОРТХУСαινορυχγκΑΒΕΖΗΙΚΜΝΟΡΤΥΧօսոհցզԼՏՍԱЕ]|[a-zA-Z]|\P{L})+$/u;

const ASCII = /^[\x00-\x7f]*$/;

/** What can't be seen, or moves what is read. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/** Whether a text mixes scripts, looks like Latin letters and is of others, has compatibility forms of letters, or what can't be seen. */
export function isLookAlike(text: string): boolean {
  if (ASCII.test(text)) return UNSEEN.test(text);
  if (UNSEEN.test(text) || text !== text.normalize('NFKC')) return true;
  const others = OTHERS.filter((script) => script.test(text)).length;
  return others > 1 || (others === 1 && (LATIN.test(text) || LOOKS_LATIN.test(text)));
}

/** A text with the number in the place of each character that is no visible one of ASCII: `[U+0430]lice`. */
export function spelledOut(text: string): string {
  return Array.from(text, (character) =>
    /^[ -~]$/.test(character)
      ? character
      : `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
  ).join('');
}
