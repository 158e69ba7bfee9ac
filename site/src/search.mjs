// What the search of the site finds, and in which order.

/** Headings of every class and function, which no one looks for. */
const PARTS =
  /^(?:Classes|Interfaces|Type Aliases|Variables|Functions|Methods|Properties|Constructors?|Parameters|Returns|Extends|Extended by|Throws|Overrides|Inherited from|Type (?:Declaration|Parameters)|Implementation of|Accessors|Get Signature|Call Signature|Indexable|See|Example|Default(?: Value)?|All types|Types of .*|Methods of .*|[A-Z]+(?:_[A-Z]+)*)$/;

/** Of a page of functions and types: its title and the names of its exports and methods, without texts. */
export const namesOf = (html) =>
  [...html.matchAll(/<h([1-6])[^>]*>([\s\S]*?)<a [^>]*class="header-anchor"[\s\S]*?<\/h\1>/g)]
    .filter(([, , title]) => !PARTS.test(title.replaceAll(/<[^>]*>/g, '').trim()))
    .map(([heading]) => heading)
    .join('\n');

/** Other words for a section, in a comment below its heading: `<!-- search: whitelist, firewall -->`. */
const WORDS = /<!-- search: ([^>]*?) -->/g;
/** Stands around such words in the text of a section, which is all that the index is given. */
const MARK = '\u2063';

/** What the search reads of a page in HTML. */
export const searchedOf = (place, html) =>
  place.startsWith('reference/api/') ? namesOf(html) : html.replaceAll(WORDS, `<p>${MARK}$1${MARK}</p>`);

const HEADING = /<h([1-6])[^>]*>([\s\S]*?)<a [^>]*class="header-anchor"[^>]*href="#([^"]*)"[\s\S]*?<\/h\1>/g;
/** A row of a table that can be linked. */
const ROW = /<tr>\s*<td[^>]*><a id="([^"]*)"><\/a>([\s\S]*?)<\/td>([\s\S]*?)<\/tr>/g;
const textOf = (html) => html.replaceAll(/<[^>]*>/g, '');

/** The sections of a page, with their titles from above; a row of a table that can be linked is one, too. */
export function sectionsOf(html) {
  const found = [...html.matchAll(HEADING)];
  let above = [];
  return found.flatMap((heading, at) => {
    const [all, digit, title, anchor] = heading;
    const content = html.slice(heading.index + all.length, found[at + 1]?.index);
    const level = Number(digit) - 1;
    above = [...above.slice(0, level), textOf(title).trim()];
    const titles = above.filter(Boolean);
    const rows = [...content.matchAll(ROW)].map(([, id, name, rest]) => ({
      anchor: id,
      titles: [...titles, textOf(name).trim()],
      text: textOf(rest),
    }));
    return [{ anchor, titles, text: textOf(content.replaceAll(ROW, '')) }, ...rows];
  });
}

/** The options of MiniSearch. They are sent to the page as texts, so each function stands alone. */
export const miniSearch = {
  _splitIntoSections: (_, html) => sectionsOf(html),
  options: {
    fields: ['title', 'titles', 'text', 'words'],
    extractField: (section, field) =>
      field === 'words'
        ? (section.text ?? '')
            .split('\u2063')
            .filter((_, at) => at % 2 === 1)
            .join('\n')
        : section[field],
    // `PROBE_FAILED`, `link/exists` and `--fail-on` are searched whole, too, so that the page that describes them comes first.
    tokenize: (text) => {
      const words = text.split(/[\n\r\p{Z}\p{P}\p{S}]+/u);
      const codes = text.match(/[\p{L}\p{N}]+(?:[_/-][\p{L}\p{N}]+)+/gu) ?? [];
      // Chinese has no spaces: two characters are a word.
      const pairs = [...text.matchAll(/(?=(\p{Script=Han}{2}))/gu)].map(([, pair]) => pair);
      const latin = words.flatMap((word) => word.split(/\p{Script=Han}+/u));
      return [...latin, ...codes, ...pairs].filter((word) => word !== '');
    },
    processTerm: (term) => {
      const word = term.toLowerCase();
      return /^(?:how|to|do|does|i|a|an|the|is|are|what|why|can|my|of|in|with|for|and|it)$/.test(word) ? null : word;
    },
  },
  searchOptions: {
    fuzzy: 0.15,
    prefix: true,
    boost: { title: 4, words: 10, text: 2, titles: 1 },
    boostDocument: (id) =>
      /guides\/(?:install|rehearse)/.test(id)
        ? 3
        : /\/concepts\b|exit-statuses/.test(id)
          ? 2.5
          : /fleet|handover|tutorial\/|reference\/api/.test(id)
            ? 0.6
            : /reference\/(?:errors|checks|commands)/.test(id)
              ? 1.6
              : 1,
  },
};
