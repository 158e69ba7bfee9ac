import type { Syntax } from '@postern/core/overlay';
import type { getExpressionAst } from '@cdktn/hcl2json';

type Ast = NonNullable<Awaited<ReturnType<typeof getExpressionAst>>>;

/** A node as the parser returns it. Nodes without a type are in parentheses, or keys. */
interface Node {
  readonly type: string;
  readonly meta?: Readonly<Record<string, unknown>>;
  readonly children?: readonly Node[];
  readonly range?: { readonly start: { readonly byte: number }; readonly end: { readonly byte: number } };
}

/** The syntax of an expression from the nodes of its parser. */
export function syntaxOf(ast: Ast, text: string): Syntax {
  const bytes = Buffer.from(text);
  const textOf = ({ range }: Node): string =>
    range === undefined ? '' : bytes.subarray(range.start.byte, range.end.byte).toString();
  const unread = (node: Node): Syntax => ({ is: 'unread', text: String(node.meta?.['value'] ?? textOf(node)) });
  const read = (node: Node | undefined): Syntax => {
    if (node === undefined) return { is: 'unread', text };

    const { meta = {}, children = [] } = node;
    const [first, second, third] = children;
    switch (node.type) {
      case '':
        return first === undefined ? { is: 'value', value: textOf(node).trim() } : read(first);
      case 'templateWrap':
        return read(first);
      case 'template': {
        const parts = children.map(read);
        const [only] = parts;
        if (parts.length === 0) return { is: 'value', value: '' };

        return parts.length === 1 && only?.is === 'value' ? only : { is: 'text', parts };
      }
      case 'literalValue':
        return { is: 'value', value: literal(String(meta['type']), String(meta['value'])) };
      case 'scopeTraversal': {
        const [head, ...rest] = stepsOf(meta['traversal']);
        return { is: 'name', path: [String(head), ...rest] };
      }
      case 'relativeTraversal':
        return { is: 'step', of: read(first), path: stepsOf(meta['traversal']) };
      case 'index':
        return first === undefined || second === undefined
          ? unread(node)
          : { is: 'step', of: read(first), path: [read(second)] };
      case 'splat':
        return { is: 'splat', of: read(first), path: stepsOf(second?.meta?.['traversal']) };
      case 'tuple':
        return { is: 'list', items: children.map(read) };
      case 'object': {
        const items: (readonly [Syntax, Syntax])[] = [];
        for (let at = 0; at + 1 < children.length; at += 2) items.push([read(children[at]), read(children[at + 1])]);
        return { is: 'object', items };
      }
      case 'function':
        return {
          is: 'call',
          name: String(meta['name']),
          arguments: children.map(read),
          expands: meta['expandedFinalArgument'] === true,
        };
      case 'conditional':
        return { is: 'if', condition: read(first), yes: read(second), no: read(third) };
      case 'binaryOp':
      case 'unaryOp':
        return { is: 'operator', operator: String(meta['operator']), operands: children.map(read) };
      case 'for': {
        const isObject = String(meta['keyExpression'] ?? '') !== '';
        const [of, ...others] = children.map(read);
        const [key, value, only] = isObject ? others : [undefined, ...others];
        if (of === undefined || value === undefined) return unread(node);

        return {
          is: 'for',
          names: [String(meta['keyVar'] ?? ''), String(meta['valVar'] ?? '')],
          of,
          key,
          value,
          only,
          isGrouped: meta['groupedValue'] === true,
        };
      }
      default:
        return unread(node);
    }
  };
  return read(ast as unknown as Node);
}

function literal(type: string, text: string): string | number | boolean | null {
  if (type === 'string') return text;
  if (text === 'null') return null;
  if (text === 'true' || text === 'false') return text === 'true';

  return type === 'number' ? Number(text) : text;
}

/** `a.b["c"][0]` has four steps. */
function stepsOf(traversal: unknown): readonly (string | number)[] {
  if (!Array.isArray(traversal)) return [];

  return (traversal as readonly { readonly type: string; readonly segment: string }[]).map(({ type, segment }) => {
    if (type !== 'indexTraversal') return segment;

    return segment.startsWith('"') ? (JSON.parse(segment) as string) : Number(segment);
  });
}
