import type { Fuel } from '../../declared/fuel.js';
import type { Value } from '../../declared/values.js';

/** A step into a value: a name, a key or a number. */
export type Step = string | number;

/** An expression of a configuration, as its parser read it. */
export type Syntax =
  | { readonly is: 'value'; readonly value: Value }
  /** `local.a["b"].c`; the first step is the name. */
  | { readonly is: 'name'; readonly path: readonly [string, ...Step[]] }
  | { readonly is: 'object'; readonly items: readonly (readonly [key: Syntax, value: Syntax])[] }
  | { readonly is: 'list'; readonly items: readonly Syntax[] }
  /** `expands`: the last argument is a list of arguments. */
  | { readonly is: 'call'; readonly name: string; readonly arguments: readonly Syntax[]; readonly expands: boolean }
  | { readonly is: 'if'; readonly condition: Syntax; readonly yes: Syntax; readonly no: Syntax }
  /** `{ for k, v in of : key => value if only }`; without a key it is a list. */
  | {
      readonly is: 'for';
      readonly names: readonly [key: string, value: string];
      readonly of: Syntax;
      readonly key?: Syntax | undefined;
      readonly value: Syntax;
      readonly only?: Syntax | undefined;
      readonly isGrouped: boolean;
    }
  | { readonly is: 'step'; readonly of: Syntax; readonly path: readonly (Step | Syntax)[] }
  /** `of[*].path`. */
  | { readonly is: 'splat'; readonly of: Syntax; readonly path: readonly (Step | Syntax)[] }
  /** A text with parts: `integrations/${aws_apigatewayv2_integration.a.id}`. */
  | { readonly is: 'text'; readonly parts: readonly Syntax[] }
  | { readonly is: 'operator'; readonly operator: string; readonly operands: readonly Syntax[] }
  /** An expression of which a plan's output has what it names, and nothing else. */
  | { readonly is: 'anyOf'; readonly names: readonly string[] }
  /** What the parser does not read. */
  | { readonly is: 'unread'; readonly text: string };

/** What is written in the braces of a resource or a block. */
export interface SourceBody {
  readonly attributes: Readonly<Record<string, Syntax>>;
  readonly blocks: Readonly<Record<string, readonly SourceBody[]>>;
  readonly dynamic: Readonly<Record<string, readonly DynamicBlock[]>>;
}

/** `dynamic "ingress" { for_each … iterator … content { … } }`. */
export interface DynamicBlock {
  readonly forEach: Syntax;
  readonly iterator: string;
  readonly content: SourceBody;
}

/** One module of a configuration. */
export interface SourceModule {
  /** Where its files are, from the root, as `path.module` is. Undefined: it is not known. */
  readonly folder: string | undefined;
  readonly locals: Readonly<Record<string, Syntax>>;
  readonly outputs: Readonly<Record<string, Syntax>>;
  /** The calls of modules, by name. `for_each` and `count` are among the attributes. */
  readonly calls: Readonly<Record<string, SourceBody>>;
  /** By address in the module: `aws_lb.a`, `data.aws_vpc.b`. */
  readonly resources: Readonly<Record<string, SourceBody>>;
  /**
   * Variables whose type has optional attributes: by name what a value has in place of one that it lacks. What is not there has a
   * default that is not known.
   */
  readonly withOptional: ReadonlyMap<string, ReadonlyMap<string, Value>>;
  /** Variables that are never null: a null that is given is their default. */
  readonly notNull: ReadonlySet<string>;
}

/** The sources of a configuration. */
export interface Sources {
  /** By the calls that lead to each: `` the root, `net`, `net.subnets`. */
  readonly modules: ReadonlyMap<string, SourceModule>;
  /** The text of a file that the configuration reads. Undefined: it is not there, or not inside the configuration. */
  readonly text: (path: string) => string | undefined;
  /** A text as a template. Undefined: it is not in the language. */
  readonly template: (text: string) => Syntax | undefined;
  /** The workspace that was planned. Undefined: it is not known. */
  readonly workspace: string | undefined;
  /** What reading and evaluating them may cost. */
  readonly fuel: Fuel;
}
