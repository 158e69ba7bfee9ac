import { raise } from '../../simulation/raise.js';
import type { Member, StructureShape, Shape, OperationModel, ServiceModel } from './shapes.js';
import { QueryCodec, type QueryNode } from './query-codec.js';
import { ServiceError } from '../operation/operation.js';
import { errorStatus, inWords, type Protocol } from './protocol.js';
import { bindInput, decodeInput, type InputBinding, type RestSource } from './rest-input.js';
import { RestRoutes } from './rest-routes.js';
import { escapeXml, XmlCodec } from './xml-codec.js';
import { ownValue } from '../../simulation/own-value.js';

/** The places of one operation's output in an answer. */
export interface OutputBinding<Body> {
  /** A value's headers, by name. */
  readonly headers: (value: Readonly<Record<string, unknown>>) => Record<string, string>;
  /** The member that is the whole body, as bytes. */
  readonly payload: string | undefined;
  /** The members that are the body, in the protocol's form. */
  readonly body: (value: unknown) => Body;
}

/**
 * Finds the places of an output's members.
 * @see https://smithy.io/2.0/spec/http-bindings.html
 * @throws {TypeError} for a member in a place that no simulated service uses
 */
export function bindOutput<Body>(
  codec: { readonly partialWriter: (members: readonly Member[]) => (value: unknown) => Body },
  { members }: StructureShape,
): OutputBinding<Body> {
  const payload = members.find((member) => member.traits.httpPayload);
  const inHeaders = members.filter((member) => member.traits.httpHeader !== undefined);
  const odd = members.find(
    (member) =>
      (member === payload && member.shape.kind !== 'blob') ||
      (member.traits.httpHeader !== undefined && member.shape.kind !== 'string'),
  );
  if (odd) throw new TypeError(`Member ${odd.name} is in a place that this codec does not write.`);

  return {
    headers: (value) =>
      Object.fromEntries(
        inHeaders.flatMap(({ name, traits }): [string, string][] => {
          const text = value[name];
          return typeof text === 'string' ? [[(traits.httpHeader ?? name).toLowerCase(), text]] : [];
        }),
      ),
    payload: payload?.name,
    body: codec.partialWriter(members.filter((member) => member !== payload && !inHeaders.includes(member))),
  };
}

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
    const found = pattern.exec(text) ?? raise(new SyntaxError(`Unexpected markup at character ${at}.`));

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
      return (
        (code === undefined
          ? ownValue(ENTITIES, String(name))
          : code <= 0x10_ff_ff
            ? String.fromCodePoint(code)
            : undefined) ?? raise(new SyntaxError(`${all} is not an entity.`))
      );
    },
  );
}

/** A document as the tree that queries have, so that one codec reads both: items of lists are numbered. @throws {SyntaxError} */
const xmlQuery = (text: string, shape: Shape): QueryNode => node(parseXml(text), shape);

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

/**
 * The protocol of Route 53: method and path name the operation, XML carries the rest.
 * @see https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html
 */
export function restXml(model: ServiceModel, namespace: string): Protocol {
  const queries = new QueryCodec('aws');
  const xml = new XmlCodec();
  const routes = new RestRoutes(model.operations.values());
  const bindings = new Map<OperationModel, { readonly input: InputBinding; readonly output: OutputBinding<string> }>();
  const some = (shape: StructureShape, members: StructureShape['members']): StructureShape => ({ ...shape, members });
  const bindingOf = (operation: OperationModel) => {
    const { output } = operation;
    const reader = {
      partialReader: (shape: StructureShape, members: StructureShape['members']) => {
        const body = some(shape, members);
        const read = queries.reader(body);
        return (text: unknown) => read(xmlQuery(String(text), body));
      },
    };
    const writer = { partialWriter: (members: StructureShape['members']) => xml.writer(some(output, members)) };
    const known = bindings.get(operation) ?? {
      input: bindInput(reader, operation, (body) => (body.length === 0 ? undefined : body.toString('utf8'))),
      output: bindOutput(writer, output),
    };
    bindings.set(operation, known);
    return known;
  };
  const headers = (requestId: string) => ({ 'content-type': 'text/xml', 'x-amzn-requestid': requestId });
  const document = (root: string, content: string) =>
    `<?xml version="1.0"?>\n<${root} xmlns="${namespace}">${content}</${root}>`;
  return {
    identify: (request) => routes.identify(request),
    unknownOperation: (_request, name) => new ServiceError('InvalidAction', `Could not find operation ${name}`, 404), // [U]
    decode: (operation, target, source) => {
      try {
        return inWords(operation, () => decodeInput(operation, bindingOf(target).input, source as RestSource));
      } catch (error) {
        throw error instanceof SyntaxError ? new ServiceError('MalformedXML', error.message) : error; // [U]
      }
    },
    encode: (operation, value, requestId) => {
      const { output } = bindingOf(operation);
      const members = (value ?? {}) as Readonly<Record<string, unknown>>;
      return {
        status: operation.traits.http?.[2] ?? 200,
        headers: { ...headers(requestId), ...output.headers(members) },
        body: document(operation.output.name, output.body(members)),
      };
    },
    encodeError: (error, requestId) => {
      const status = errorStatus(model, error);
      const content = `<Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type><Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message></Error><RequestId>${requestId}</RequestId>`;
      return { status, headers: headers(requestId), body: document('ErrorResponse', content) };
    },
  };
}
