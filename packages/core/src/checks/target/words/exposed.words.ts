import type { CheckWords } from '../../../findings/statement.js';

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
      ways,
      hasPlace,
      otherwise,
      group,
      callers,
    }: {
      readonly ways: readonly string[];
      readonly hasPlace: boolean;
      readonly otherwise: string;
      readonly group?: string | undefined;
      readonly callers?: string | undefined;
    }) => ({
      message: `the backend can be reached without the gateway: ${ways.join('; ')}`,
      remedy: !hasPlace
        ? otherwise
        : `Restrict the inbound rules of ${group} to ${callers}, or ignore this finding with the reason why others may call.`,
    }),
    EXPOSURE_NOT_READ: () => 'the backend can be reached without the gateway',
    NOT_EXPOSED: ({ link }: { readonly link: string }) => `the backend allows inbound calls only from link ${link}`,
  },
} satisfies CheckWords;
