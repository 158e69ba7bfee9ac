import type { CheckWords } from '../../../findings/statement.js';
import type { LoadBalancer } from '../../../model/load-balancer.js';
import { callersText, type Caller } from '../../egress/words/clauses.js';
import { exposureText, type Exposure } from '../exposures.js';

/** What a security group is to allow: one caller is named without its port. */
function onlyText(caller: Caller | undefined, callers: readonly Caller[]): string {
  if (caller === undefined) return 'the CIDR blocks of the link';
  return callers.length === 1 ? caller.names.join(' and ') : callersText(caller, callers);
}

function balancerRemedy({ name, kind, scheme }: Pick<LoadBalancer, 'name' | 'kind' | 'scheme'>): string {
  if (kind === 'classic') return `Add an access control list that allows only the link to the listener of ${name}.`;
  return scheme === 'internet-facing'
    ? `Put the backend behind an internal load balancer instead of ${name}.`
    : `Create ${name} again with a security group that allows only the link: one created without groups cannot get any later.`;
}

/** The texts of `target/exposed`. */
export const targetExposedWords = {
  title: 'The backend can be reached only through the gateway',
  about:
    'A gateway can require something of callers: a key, a token, a rate. Callers bypass it if the backend accepts calls from others, too: ' +
    'if its load balancer is internet-facing, or if its security group or access control list allows more than the link. ' +
    'If other callers have good reasons, declare this with `ignore`.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html',
  ],
  says: {
    EXPOSED: ({
      exposures,
      group,
      caller,
      callers = [],
      balancer,
    }: {
      readonly exposures: readonly Exposure[];
      /** Set if rules of a security group expose the backend. */
      readonly group?: string | undefined;
      /** The caller that the finding is about: one of the callers. */
      readonly caller?: Caller | undefined;
      readonly callers?: readonly Caller[] | undefined;
      /** Set if no rule does. */
      readonly balancer?: Pick<LoadBalancer, 'name' | 'kind' | 'scheme'> | undefined;
    }) => ({
      message: `the backend can be reached without the gateway: ${exposures.map(exposureText).join('; ')}`,
      remedy:
        group !== undefined
          ? `Restrict the inbound rules of ${group} to ${onlyText(caller, callers)}, or ignore this finding with the reason why others may call.`
          : balancer === undefined
            ? 'Allow inbound calls only from the link.'
            : balancerRemedy(balancer),
    }),
    EXPOSURE_NOT_READ: () => 'the backend can be reached without the gateway',
    NOT_EXPOSED: ({ link }: { readonly link: string }) => `the backend allows inbound calls only from link ${link}`,
  },
} satisfies CheckWords;
