import { reasons, type PathRule } from './reason.js';

/** The texts of `path/transit`. */
export const pathTransit = {
  id: 'path/transit',
  title: 'The transit gateway on the path forwards the calls',
  about:
    "The link's network needs an attachment with a subnet in each zone of the link. The attachment has to be " +
    'associated with a route table. In that table, the route with the longest prefix (static before ' +
    'propagated) needs an attachment that is available as its target.',
} as const satisfies PathRule;

/** The change after which a transit gateway carries the calls. */
export type TransitFix =
  | { readonly is: 'use another gateway' }
  | { readonly is: 'attach'; readonly network: string; readonly gateway: string }
  | {
      readonly is: 'make available';
      readonly attachment: string;
      /** Of the sender's side: what it connects. */
      readonly connects?: { readonly network: string; readonly gateway: string } | undefined;
    }
  | {
      readonly is: 'add subnet';
      readonly network: string;
      readonly zone: string;
      readonly attachment: string;
      readonly gateway: string;
    }
  | { readonly is: 'associate'; readonly attachment: string; readonly gateway: string }
  | { readonly is: 'add route'; readonly block: string; readonly table: string }
  | { readonly is: 'change route'; readonly route: string; readonly table: string };

function fixText(fix: TransitFix): string {
  switch (fix.is) {
    case 'use another gateway':
      return 'Change the next hop of the route to a transit gateway that is available.';
    case 'attach':
      return `Attach ${fix.network} to ${fix.gateway}, with a subnet in each zone of the link.`;
    case 'make available': {
      const { attachment, connects } = fix;
      return connects === undefined
        ? `Make the attachment ${attachment} available.`
        : `Make the attachment ${attachment} of ${connects.network} to ${connects.gateway} available.`;
    }
    case 'add subnet':
      return `Add a subnet of ${fix.network} in ${fix.zone} to the attachment ${fix.attachment} to ${fix.gateway}.`;
    case 'associate':
      return `Associate the attachment ${fix.attachment} with a route table of ${fix.gateway}.`;
    case 'add route':
      return `Add a route for ${fix.block} to ${fix.table}, or enable propagation from the attachment of its network.`;
    case 'change route':
      return `Change route ${fix.route} of ${fix.table} to an attachment that exists, or remove the route.`;
  }
}

/** The sentences of hops at transit gateways. */
export const transitReasons = reasons({
  /** `loop`: the gateway that the network routes the packet back to. `drops`: the interface that the network routes it to. */
  TRANSIT_LEADS_ELSEWHERE: ({
    network,
    to,
    loop,
    drops,
  }: {
    readonly attachment: string;
    readonly network: string;
    readonly to: string;
    readonly loop?: string | undefined;
    readonly drops?: string | undefined;
  }) => ({
    because: `the route leads to ${network}, and ${to} is not one of its addresses${loop === undefined ? '' : `, and ${network} routes it back to ${loop}, in a loop`}${drops === undefined ? '' : `, and ${network} routes it to ${drops}, whose source/destination check drops it`}`,
    remedy: `${drops === undefined ? '' : `Disable the source/destination check of ${drops} if it is a router or a firewall. Or: `}Add a route for ${to} to the attachment of its network.`,
  }),
  TRANSIT_CARRIES_NOTHING: ({
    fix,
    ...params
  }: {
    readonly gateway: string;
    readonly what: string;
    readonly fix: TransitFix;
  }) => ({
    because: `${params.gateway}: ${params.what}`,
    remedy: fixText(fix),
    params,
  }),
});
