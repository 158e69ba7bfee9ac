// Regular expressions of JavaScript as automata, for check-expressions.mjs.

/** Counts inside of each other that are larger together are as if they had no end. */
const MOST_TIMES = 5_000;
/** So many copies of what has a count show whether it can go back. */
const COPIES = 3;

/** Characters of which at least one is in each set that an expression names, and one in none. */
const SAMPLES = [
  ...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)),
  ...'\u0085\u00a0éßñ\u0300\u0660\u200b\u2028\u202e\u2066\u3000\u4e2dａ\ud800\ud83d\udfff\ue000\ufeff\ufffd😀𝒜',
];

/** The tree of an expression: `{ is, … }`. */
export function parse(source, flags) {
  const isUnicode = /[uv]/.test(flags);
  const chars = isUnicode ? [...source] : source.split('');
  let at = 0;
  const starts = (text) => source === '' || chars.slice(at, at + text.length).join('') === text;
  const take = (text) => starts(text) && text.length > 0 && ((at += text.length), true);

  const choice = () => {
    const items = [sequence()];
    while (take('|')) items.push(sequence());
    return items.length === 1 ? items[0] : { is: 'choice', items };
  };
  const sequence = () => {
    const items = [];
    while (at < chars.length && chars[at] !== '|' && chars[at] !== ')') items.push(repeated(term()));
    return { is: 'sequence', items };
  };
  const repeated = (item) => {
    const [all, min, comma, max] = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})/.exec(chars.slice(at, at + 16).join('')) ?? [];
    if (all === undefined) return item;
    at += all.length;
    take('?');
    if (min === undefined) return { is: 'loop', item, min: all === '+' ? 1 : 0, max: all === '?' ? 1 : Infinity };
    return { is: 'loop', item, min: Number(min), max: max !== '' ? Number(max) : comma ? Infinity : Number(min) };
  };
  const group = () => {
    const [open] = /^\((?:\?(?:[:=!]|<[=!]|<\w+>))?/.exec(chars.slice(at, at + 60).join(''));
    at += open.length;
    const item = choice();
    take(')');
    if (!/[=!]$/.test(open)) return item;
    return { is: 'look', item, isBehind: open.includes('<'), isNot: open.endsWith('!') };
  };
  const set = () => {
    const from = at;
    at += 1;
    while (chars[at] !== ']') at += chars[at] === '\\' ? 2 : 1;
    at += 1;
    return chars.slice(from, at).join('');
  };
  const escape = () => {
    const [all] = /^\\(?:u\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|[pP]\{[^}]*\}|c[A-Za-z]|k<\w+>|[1-9]\d*|[^])/u.exec(
      chars.slice(at, at + 60).join(''),
    );
    at += isUnicode ? [...all].length : all.length;
    if (/^\\[bB]$/.test(all)) return { is: 'border', isNot: all === '\\B' };
    return /^\\(?:k<|[1-9])/.test(all) ? { is: 'back' } : { is: 'set', text: all };
  };
  const term = () => {
    if (chars[at] === '(') return group();
    if (chars[at] === '[') return { is: 'set', text: set() };
    if (chars[at] === '\\') return escape();
    const one = chars[at++];
    if (one === '^' || one === '$') return { is: one === '^' ? 'start' : 'end' };
    return { is: 'set', text: one };
  };
  return choice();
}

/** The classes of characters that no set of the expression tells apart: by its set of each text, and one character of each class. */
function classesOf(tree, flags) {
  const texts = new Set(['\\w', '\\n', '[^]']);
  const visit = (node) => {
    if (node.is === 'set') texts.add(node.text);
    for (const one of [...(node.items ?? []), ...(node.item ? [node.item] : [])]) visit(one);
  };
  visit(tree);
  const named = [...texts].flatMap((text) => [
    ...text.replaceAll(/\\u([\da-fA-F]{4})/g, (_, code) => String.fromCharCode(parseInt(code, 16))),
  ]);
  const samples = [...new Set([...SAMPLES, ...named])];
  const only = flags.replaceAll(/[gyd]/g, '');
  const tests = [...texts].map((text) => [text, new RegExp(`^(?:${text})$`, only)]);
  const classes = new Map();
  for (const sample of samples) {
    const key = tests.map(([, test]) => (test.test(sample) ? '1' : '0')).join('');
    if (!/1/.test(key.replace(/^...$/, ''))) continue;
    if (!classes.has(key) || /[\w!-~]/.test(sample) > /[\w!-~]/.test(classes.get(key))) classes.set(key, sample);
  }
  const symbols = [...classes];
  const sets = new Map(
    tests.map(([text], at) => [text, new Set(symbols.filter(([key]) => key[at] === '1').map(([, one]) => one))]),
  );
  return { sets, symbols: symbols.map(([, one]) => one) };
}

/** States behind each other: `next` is what follows. A state is a character, a choice, a condition or the end. */
function states(tree, next) {
  const of = (node, next, times) => {
    if (node.is === 'set') return { is: 'set', text: node.text, next };
    if (node.is === 'sequence') return node.items.reduceRight((after, one) => of(one, after, times), next);
    if (node.is === 'choice') return { is: 'choice', to: node.items.map((one) => of(one, next, times)) };
    if (node.is === 'loop') return loop(node, next, times);
    if (node.is === 'look')
      return { is: 'look', node, next, body: node.isBehind ? undefined : of(node.item, DEAD, times) };
    return { is: node.is, isNot: node.isNot, next };
  };
  const loop = ({ item, min, max }, next, times) => {
    const isEndless = max * times > MOST_TIMES;
    const most = Math.min(max, COPIES);
    let after = next;
    if (isEndless) {
      after = { is: 'choice', to: [] };
      after.to.push(of(item, after, times), next);
    } else
      for (let at = Math.min(min, most); at < most; at += 1)
        after = { is: 'choice', to: [of(item, after, times * max), next] };
    for (let at = 0; at < Math.min(min, most); at += 1) after = of(item, after, isEndless ? times : times * max);
    return after;
  };
  return of(tree, next, 1);
}

const END = { is: 'end of match' };
const LAST = { is: 'end of match, at the end of the text' };
const DEAD = { is: 'dead' };

/** A node for each state that takes a character, with what is asked of that character; `isEnd`: a match can end before the node. */
export function automaton(tree, flags) {
  const { sets, symbols } = classesOf(tree, flags);
  const all = new Set(symbols);
  const first = states(tree, END);
  const start = /y/.test(flags) ? first : { is: 'choice', to: [first, undefined] };
  if (start !== first) start.to[1] = { is: 'set', text: '[^]', next: start };
  const meets = (a, b) => new Set([...a].filter((one) => b.has(one)));
  const without = (set) => new Set(symbols.filter((one) => !set.has(one)));
  const isMany = /m/.test(flags);

  /** Follows what takes no character. `before`: the last character. `allowed`: what the next may be. */
  const close = (state, before, allowed, path, into) => {
    if (path.has(state) || allowed.size === 0) return into(state, allowed);
    const on = new Set(path).add(state);
    const go = (to, may = allowed) => close(to, before, may, on, into);
    if (state.is === 'set' || [END, LAST, DEAD].includes(state)) into(state, allowed);
    else if (state.is === 'choice') for (const one of state.to) go(one);
    else if (state.is === 'start') {
      if (before === undefined || (isMany && sets.get('\\n').has(before))) go(state.next);
    } else if (state.is === 'end' && isMany) go(state.next, meets(allowed, sets.get('\\n')));
    else if (state.is === 'end') go(state.next === END ? LAST : DEAD);
    else if (state.is === 'border') {
      const [word, isWord] = [sets.get('\\w'), before !== undefined && sets.get('\\w').has(before)];
      go(state.next, meets(allowed, isWord === !state.isNot ? without(word) : word));
    } else if (state.is === 'look') look(state, before, allowed, go);
    else go(state.next, meets(allowed, all)); // a reference to a group
    return undefined;
  };
  const look = ({ node, next, body }, before, allowed, go) => {
    const only = node.item.is === 'sequence' && node.item.items.length === 1 ? node.item.items[0] : node.item;
    const set = only.is === 'set' ? sets.get(only.text) : undefined;
    if (set === undefined) {
      if (body !== undefined) go(body);
      go(next, meets(allowed, all));
    } else if (node.isBehind) {
      if ((before !== undefined && set.has(before)) === !node.isNot) go(next);
    } else go(next, meets(allowed, node.isNot ? without(set) : set));
  };

  const nodes = new Map();
  const names = new Map();
  const nameOf = (state) => names.get(state) ?? (names.set(state, names.size), names.size - 1);
  const nodeOf = (state, allowed) => {
    const key = `${nameOf(state)} ${[...allowed].join('')}`;
    const known = nodes.get(key);
    if (known !== undefined) return known;
    const made = { id: nodes.size, state, allowed, edges: undefined };
    nodes.set(key, made);
    return made;
  };
  const reached = (state, before) => {
    const found = [];
    let [isEnd, isLast] = [false, false];
    close(state, before, all, new Set(), (at, allowed) => {
      if (at === END) isEnd ||= allowed === all;
      else if (at === LAST) isLast = true;
      else if (at.is === 'set' && allowed.size > 0) found.push(nodeOf(at, meets(allowed, sets.get(at.text))));
    });
    // `[^]*$` takes all that is left.
    return {
      found,
      isEnd: isEnd || (isLast && found.some((one) => one.state.next === state && one.allowed.size === all.size)),
    };
  };
  const begin = reached(start, undefined).found;
  for (const node of nodes.values()) {
    node.edges = [...node.allowed].flatMap((symbol) => {
      const { found, isEnd } = reached(node.state.next, symbol);
      return [...new Set(found)].map((to) => ({
        symbol,
        to,
        isEnd,
        isTwice: found.indexOf(to) !== found.lastIndexOf(to),
      }));
    });
  }
  return begin.length === 0 ? [] : [...nodes.values()];
}
