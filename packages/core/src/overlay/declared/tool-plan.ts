import type { Instance } from './values.js';
import type { References, SetsOf, SymbolOf } from './open.js';

/** The words of a tool, for what its users read. */
export interface ToolWords {
  readonly tool: string;
  /** What is judged: `the plan`. */
  readonly plan: string;
  /** When unknown values are known: `after the apply`. */
  readonly later: string;
  /** Of an attribute that is not set: `is computed by the provider`. */
  readonly computed: string;
  /** What decides a value that is not known. */
  readonly decide: string;
  /** Where a resource is kept: ` in the template`; empty where that is clear. */
  readonly where: string;
  /** How a replacement is created before what it replaces is deleted. */
  readonly createFirst: string;
  /** The same of one whose name is unique and stays: both exist at the same time. */
  readonly createNamed: string;
  /** The attribute by which the provider makes a name of its own for each. Undefined: it does without a name. */
  readonly prefix?: string | undefined;
  /** The same of one that is created first: its name is taken. */
  readonly otherName: string;
  /** How a resource comes after others. */
  readonly comesAfter: (address: string, before: readonly string[]) => string;
  /** How a gateway is deployed again by the same change. */
  readonly redeploy: string;
}

/** What a tool runs beside the changes of resources. */
export interface ToolAction {
  readonly address: string;
  readonly type: string;
  /** `after the update of aws_lb.shop`. */
  readonly when?: string | undefined;
  /** The texts of its configuration. Undefined: some are known later. */
  readonly names?: readonly string[] | undefined;
}

/** What the tool itself refuses, in its words. */
export interface PlanFault {
  readonly address: string;
  readonly words: string;
  readonly remedy: string;
}

/** A plan of a tool, or a state: what can be laid over a snapshot. */
export interface ToolPlan {
  readonly words: ToolWords;
  /** When the plan was made, in ISO 8601. Undefined: the file does not say. */
  readonly timestamp?: string | undefined;
  /** The plan is not of everything. A sentence each. */
  readonly partial: readonly string[];
  /** What a reader must know, a sentence each. */
  readonly notes: readonly string[];
  readonly actions?: readonly ToolAction[] | undefined;
  readonly instances: readonly Instance[];
  readonly references: (symbolOf: SymbolOf, setsOf: SetsOf) => References;
  /** The region of an instance; undefined where the document does not say it. */
  readonly regionOf: (instance: Instance) => string | undefined;
  /** The region where neither that, nor an option, nor the snapshot says it. */
  readonly likelyRegion?: string | undefined;
  /** Whether the document fixes that an instance comes after all of another one, beside what its values name. */
  readonly waitsFor: (instance: Instance, other: Instance) => boolean;
  /** The same of what is there before the plan: it is deleted before the other one. */
  readonly waitedFor: (instance: Instance, other: Instance) => boolean;
  /** What only goes is deleted after all that is created and changed. */
  readonly deletesLast?: boolean;
  /** Why it is not known what becomes of things that the document does not have: by the ID; of a route that of its gateway stands before its own. */
  readonly doubts?: ReadonlyMap<string, string> | undefined;
  /** What the tool refuses before it creates or changes anything. */
  readonly faults?: readonly PlanFault[] | undefined;
  /** Whether the tool undoes the creation of one resource where another one is refused. Undefined: it undoes none. */
  readonly undoneWith?: ((one: Instance, refused: Instance) => boolean) | undefined;
  /** What creates resources repeats calls that are refused for what another resource of the plan brings. */
  readonly repeatsCalls?: boolean;
}
