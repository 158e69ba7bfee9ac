/** What a cloud says in reports of moves of its gateways. A report lacks the parts that its cloud does not bring. */
export interface MoveTexts {
  /** How other tools declare gateways, by the kind of gateway. */
  readonly declared?: Readonly<Record<string, DeclaredElsewhere>> | undefined;
  /** Changes in the cloud in place of changes to a spec. Without them a finding keeps the remedy of its check. */
  readonly remedies?: MoveRemedies | undefined;
  /** What Terraform adds to the lists in front of backends. */
  readonly terraform?: TerraformOfLists | undefined;
}

/** How other tools declare a gateway of a kind. */
export interface DeclaredElsewhere {
  /** What the next run of a tool does after a move: a clause that begins with `if`. */
  readonly undone: (move: Pick<DeclaredMove, 'gateway' | 'old'>) => string;
  /** What to do besides the edit: a sentence. */
  readonly check?: string | undefined;
  readonly edits: (move: DeclaredMove) => readonly ToolEdit[];
}

/** An edit of what a tool reads: evidence of a finding. */
export interface ToolEdit {
  /** The tool: `Terraform`. */
  readonly kind: string;
  /** The type of the resource. */
  readonly id: string;
  /** `instance_id = "old" → instance_id = "new"`, and how to see that it is right: a line each. */
  readonly lines: readonly string[];
}

/** A move as other tools have to be told of it. */
export interface DeclaredMove {
  /** The ID of the gateway. */
  readonly gateway: string;
  /** The IDs of the links. */
  readonly old: string;
  readonly next: string;
  /** The IDs of the integrations that move; none where the whole gateway does. */
  readonly integrations: readonly string[];
  /** The IDs of the load balancers, or other resources, that the gateway calls after the move. */
  readonly resources: readonly string[];
}

/** Remedies that can be followed without a spec. */
export interface MoveRemedies {
  /** How to lead what uses a backend elsewhere, as a clause: `point the integration of ANY /orders to an existing backend (…)`. */
  readonly lead: (backend: MovedUses, where: string) => string;
  /** By the ID of a check, in place of the sentences of core. Undefined: the finding keeps the remedy of its check. */
  readonly byCheck?: Readonly<Record<string, (facts: RemedyFacts) => string | undefined>> | undefined;
}

export interface MovedUses {
  /** The name of the backend. */
  readonly name: string;
  /** `route ANY /orders (RELEASE) and 2 more`. */
  readonly uses: string;
  /** Whether it is a target of the cloud, which has that name. */
  readonly isTarget: boolean;
}

/** The facts from which a remedy is written. */
export interface RemedyFacts {
  /** The code of the finding. */
  readonly code: string;
  /** `route ANY /orders (RELEASE) and 2 more`. */
  readonly uses: string;
  /** Whether the backend is called with TLS. */
  readonly isTls: boolean;
  /** The network of the link to which the gateway moves. */
  readonly networkId: string | undefined;
  /** {@link MoveRemedies.lead} of the backend. */
  readonly lead: (where: string) => string;
}

/** Members of a block, in their order. */
export type TerraformMembers = readonly (readonly [name: string, value: string | number | boolean])[];

/** A resource; or an edit that no resource of its own can express, with the block to add. */
export type TerraformPart =
  | {
      readonly type: string;
      /** The parts of its name. */
      readonly called: readonly (string | number)[];
      readonly members: TerraformMembers;
    }
  | { readonly note: string; readonly block?: { readonly name: string; readonly members: TerraformMembers } };

/** What Terraform adds to lists: one resource each, of types of the cloud's provider. */
export interface TerraformOfLists {
  /** A rule of a security group. `peer`: a block, or a group. */
  readonly rule: (rule: {
    readonly id: string;
    readonly direction: 'in' | 'out';
    readonly port: number;
    readonly peer: string;
    readonly priority: number;
  }) => TerraformPart;
  /** An entry of a network ACL. `number` is undefined where none is free before the entry with the number `before`. */
  readonly aclEntry: (entry: {
    readonly acl: string;
    readonly direction: 'in' | 'out';
    readonly ports: readonly [number, number];
    readonly peer: string;
    readonly before: number | undefined;
    readonly number: number | undefined;
  }) => TerraformPart;
  /** An entry of a load balancer's access control list. */
  readonly listEntry?: ((list: string, block: string) => TerraformPart) | undefined;
}
