import type { CheckWords } from '../../findings/statement.js';

interface Asked {
  /** Undefined: none is written. */
  readonly spec?: string | undefined;
}

/** The texts of `link/instance-spec`. */
export const linkInstanceSpecWords = {
  title: 'An instance that is to be made has a spec that is sold',
  about:
    'Instances of API Gateway are sold in two series, `api.s1` and `api.s2`, and buying one with any other spec is refused. How the larger ones of the ' +
    'second series are written in full is documented nowhere: such a name is unknown. That of an instance that is there says itself what it is.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/dedicated-instances',
  ],
  says: {
    SPECS_NOT_READ: ({ spec = 'the smallest' }: Asked) => `an instance can be bought with the spec ${spec}`,
    SPEC_OFFERED: ({ spec = 'the smallest' }: Asked) => `an instance can be bought with the spec ${spec}`,
    SPEC_NOT_OFFERED: ({
      spec = 'the smallest',
      link,
      listed,
    }: Asked & { readonly link: string; readonly listed: readonly string[] }) => ({
      message: `${spec} is no spec of an instance, and buying one is refused`,
      remedy: `Write one of ${listed.join(', ')} as links.${link}.spec.`,
    }),
  },
} satisfies CheckWords;
