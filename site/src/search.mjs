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

/** The options of MiniSearch. They are sent to the page as texts, so each function stands alone. */
export const miniSearch = {
  options: {
    // `PROBE_FAILED`, `link/exists` and `--fail-on` are searched whole, too, so that the page that describes them comes first.
    tokenize: (text) => {
      const words = text.split(/[\n\r\p{Z}\p{P}\p{S}]+/u);
      const codes = text.match(/[\p{L}\p{N}]+(?:[_/-][\p{L}\p{N}]+)+/gu) ?? [];
      return [...words, ...codes].filter((word) => word !== '');
    },
    processTerm: (term) => {
      const word = term.toLowerCase();
      return /^(?:how|to|do|does|i|a|an|the|is|are|what|why|can|my|of|in|with|for|and|it)$/.test(word) ? null : word;
    },
  },
  searchOptions: {
    fuzzy: 0.15,
    prefix: true,
    boost: { title: 4, text: 2, titles: 1 },
    boostDocument: (id) =>
      /guides\/(?:install|rehearse)/.test(id)
        ? 3
        : /\/concepts\b|exit-statuses/.test(id)
          ? 2.5
          : /fleet|handover|tutorial\//.test(id)
            ? 0.6
            : /reference\/(?:errors|checks|commands)/.test(id)
              ? 1.6
              : 1,
  },
};
