import type { CheckWords } from '../../findings/statement.js';

/** The texts of `target/exposed`. */
export const targetExposedWords = {
  title: 'The backend can be reached through the gateway only',
  about:
    'Whatever the gateway asks of callers (a key, a token, a rate) can be gone around where the backend lets others in, too: where its ' +
    'load balancer faces the internet, or where its security group or access control list lets in more than the link. Where others ' +
    'have good reasons to call it, say so with `ignore`.',
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
      message: `the backend can be reached around the gateway: ${ways.join('; ')}`,
      remedy: !hasPlace
        ? otherwise
        : `Let ${group} let in only ${callers}, or ignore this with the reason why others may call.`,
    }),
    EXPOSURE_NOT_READ: () => 'the backend can be reached around the gateway',
    NOT_EXPOSED: ({ link }: { readonly link: string }) => `only link ${link} is let in`,
  },
} satisfies CheckWords;
