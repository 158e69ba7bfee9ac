import type { ListShape, MapShape, Shape, StructureShape } from './shapes.js';
import { writeTimestamp } from './query-codec.js';

/** Writes the content between an element's tags. */
type WriteContent = (value: unknown) => string;
/** Writes a whole member: one element, or several for a flattened list. */
type WriteElement = (tag: string, value: unknown) => string;

/** Characters that XML 1.0 cannot contain. They become U+FFFD, as a lone surrogate does. */
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF\p{Surrogate}]/gu;
/** Line ends and tabs are escaped, too, since parsers normalize them. */
const SPECIAL = /[&<>"\r\n\t]/g;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};
const PLAIN = /^[\w .:/+=@,;'()*~!?$%^{}[\]|#-]*$/;

/** Text in the form allowed between tags. */
export function escapeXml(text: string): string {
  if (PLAIN.test(text)) return text;

  return text.replace(FORBIDDEN, '\uFFFD').replace(SPECIAL, (character) => ESCAPES[character] ?? '');
}

/** Compiles writers of XML, one per shape, on first use. */
export class XmlCodec {
  readonly #writers = new Map<Shape, WriteContent>();

  /** The content between the tags of a value of this shape; members that the schema does not have are left out. */
  writer(shape: Shape): WriteContent {
    const seen = this.#writers.get(shape);
    if (seen) return seen;

    this.#writers.set(shape, (value) => (this.#writers.get(shape) as WriteContent)(value));
    const made = this.#compile(shape);
    this.#writers.set(shape, made);
    return made;
  }

  #compile(shape: Shape): WriteContent {
    switch (shape.kind) {
      case 'structure':
        return this.#structure(shape);
      case 'list':
        return this.#list(shape, shape.item.traits.xmlName ?? 'member');
      case 'map':
        return this.#map(shape, 'entry');
      case 'timestamp': {
        const format = shape.format ?? 'date-time';
        return (value) => String(writeTimestamp(value as Date, format));
      }
      case 'blob':
        return (value) => Buffer.from(value as Uint8Array).toString('base64');
      case 'string':
        return (value) => escapeXml(value as string);
      default:
        return String;
    }
  }

  #structure(shape: StructureShape): WriteContent {
    const members = shape.members.map(({ name, traits, shape: target }) => ({
      name,
      tag: traits.xmlName ?? name,
      write: this.#element(target),
    }));
    return (value) => {
      const row = value as Readonly<Record<string, unknown>>;
      let xml = '';
      for (const { name, tag, write } of members) {
        const entry = row[name];
        if (entry !== undefined && entry !== null) xml += write(tag, entry);
      }
      return xml;
    };
  }

  /** Flattened lists and maps have no element of their own. */
  #element(shape: Shape): WriteElement {
    if ((shape.kind === 'list' || shape.kind === 'map') && shape.traits.xmlFlattened) {
      return (tag, value) => (shape.kind === 'list' ? this.#list(shape, tag) : this.#map(shape, tag))(value);
    }

    const write = this.writer(shape);
    return (tag, value) => `<${tag}>${write(value)}</${tag}>`;
  }

  #list(shape: ListShape, tag: string): WriteContent {
    const write = this.writer(shape.item.shape);
    return (value) => {
      let xml = '';
      for (const item of value as readonly unknown[]) xml += `<${tag}>${write(item)}</${tag}>`;
      return xml;
    };
  }

  #map(shape: MapShape, tag: string): WriteContent {
    const write = this.writer(shape.value.shape);
    const [key, item] = [shape.key.traits.xmlName ?? 'key', shape.value.traits.xmlName ?? 'value'];
    return (value) =>
      Object.entries(value as Readonly<Record<string, unknown>>)
        .map(
          ([name, entry]) => `<${tag}><${key}>${escapeXml(name)}</${key}><${item}>${write(entry)}</${item}></${tag}>`,
        )
        .join('');
  }
}
