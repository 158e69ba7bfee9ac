import { fill, type Template } from '../../../do/findings/template.js';
import { reason, reasons, type PathRule } from './reason.js';

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

const REMEDIES: Readonly<Record<TransitFix['is'], Template>> = {
  'use another gateway': 'Change the next hop of the route to a transit gateway that is available.',
  attach: 'Attach {network} to {gateway}, with a subnet in each zone of the link.',
  'make available': 'Make the attachment {attachment}[ of {network} to {gateway}] available.',
  'add subnet': 'Add a subnet of {network} in {zone} to the attachment {attachment} to {gateway}.',
  associate: 'Associate the attachment {attachment} with a route table of {gateway}.',
  'add route': 'Add a route for {block} to {table}, or enable propagation from the attachment of its network.',
  'change route': 'Change route {route} of {table} to an attachment that exists, or remove the route.',
};

/** The sentences of hops at transit gateways. */
export const transitReasons = reasons({
  /** `loop`: the gateway that the network routes the packet back to. `drops`: the interface that the network routes it to. */
  TRANSIT_LEADS_ELSEWHERE: reason(
    'the route leads to {network}, and {to} is not one of its addresses[, and {network} routes it back to {loop}, in a loop][, and {network} routes it to {drops}, whose source/destination check drops it]',
    '[Disable the source/destination check of {drops} if it is a router or a firewall. Or: ]Add a route for {to} to the attachment of its network.',
    { also: ['attachment'] },
  ),
  TRANSIT_CARRIES_NOTHING: reason('{gateway}: {what}', '{remedy}', {
    hidden: ['fix'],
    words: ({ fix }: { readonly fix: TransitFix }) => ({
      remedy: fill(REMEDIES[fix.is], { ...fix, ...('connects' in fix ? fix.connects : undefined) }),
    }),
  }),
});
