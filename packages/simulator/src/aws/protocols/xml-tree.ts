import type { QueryNode } from './query-tree.js';
import type { Shape } from './shapes.js';

/** An element: text, or elements in the order of the document. */
interface XmlElement {
  readonly name: string;
  text: string;
  readonly children: XmlElement[];
}

/** Deeper nesting than any schema has. */
const DEEPEST = 24;
/** A tag, or what may stand between elements: a declaration, a comment. */
const MARKUP = /<(?:\?[^>]*\?|!--[\s\S]*?--|(\/?)([A-Za-z_][\w.:-]*)((?:\s[^<>]*?)?)(\/?))>/gy;
const TEXT = /[^<]+/gy;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Reads a document of elements and text. Attributes are skipped; types of documents and CDATA are refused.
 * @throws {SyntaxError}
 */
function parseXml(text: string): XmlElement {
  const document: XmlElement = { name: '', text: '', children: [] };
  const open = [document];
  for (let at = 0; at < text.length;) {
    const parent = open.at(-1) as XmlElement;
    const pattern = text[at] === '<' ? MARKUP : TEXT;
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found) throw new SyntaxError(`Unexpected markup at character ${at}.`);
    at = pattern.lastIndex;
    const [all, closes, name, , isEmpty] = found;
    if (pattern === TEXT) parent.text += decoded(all);
    else if (closes === '/') {
      if (parent.name !== name || open.length === 1) throw new SyntaxError(`The element ${name} is not open.`);
      open.pop();
    } else if (name !== undefined) {
      const element = { name, text: '', children: [] };
      parent.children.push(element);
      if (isEmpty !== '/') open.push(element);
      if (open.length > DEEPEST) throw new SyntaxError('An element is nested too deeply.');
    }
  }
  const [root, ...more] = document.children;
  if (open.length > 1 || !root || more.length > 0 || document.text.trim() !== '') {
    throw new SyntaxError('The document is not one element.');
  }
  return root;
}

function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));|&/gi,
    (all, decimal?: string, hex?: string, name = '') => {
      const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : undefined;
      const character =
        code === undefined ? ENTITIES[String(name)] : code <= 0x10_ff_ff ? String.fromCodePoint(code) : undefined;
      if (character === undefined) throw new SyntaxError(`${all} is not an entity.`);
      return character;
    },
  );
}

/** A document as the tree that queries have, so that one codec reads both: items of lists are numbered. @throws {SyntaxError} */
export const xmlQuery = (text: string, shape: Shape): QueryNode => node(parseXml(text), shape);

function node({ text, children }: XmlElement, shape: Shape): QueryNode {
  if (shape.kind === 'list') {
    const items = children.map((child, index) => [String(index + 1), node(child, shape.item.shape)] as const);
    const [{ name = 'member' } = {}] = children;
    if (children.length === 0) return { text: '' };
    const other = children.find((child) => child.name !== name);
    if (other) throw new SyntaxError(`A list of ${name} has the element ${other.name}.`);
    return { children: new Map([[name, { children: new Map(items) }]]) };
  }
  if (shape.kind !== 'structure') return children.length === 0 ? { text } : { children: tree(children, shape) };
  return { children: tree(children, shape) };
}

function tree(children: readonly XmlElement[], shape: Shape): Map<string, QueryNode> {
  const members = shape.kind === 'structure' ? shape.members : [];
  const entries = new Map<string, QueryNode>();
  for (const child of children) {
    const member = members.find(({ name, traits }) => (traits.xmlName ?? name) === child.name);
    if (entries.has(child.name)) throw new SyntaxError(`The element ${child.name} is given more than once.`);
    entries.set(child.name, member ? node(child, member.shape) : { text: child.text });
  }
  return entries;
}
