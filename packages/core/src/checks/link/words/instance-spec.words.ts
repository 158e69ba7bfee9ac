import type { CheckWords } from '../../../findings/statement.js';

interface Asked {
  /** Undefined: none is written. */
  readonly spec?: string | undefined;
}

const typeText = ({ spec }: Asked): string =>
  spec === undefined ? 'the smallest instance type' : `instance type ${spec}`;

/** The texts of `link/instance-spec`. */
export const linkInstanceSpecWords = {
  title: 'A new instance has an instance type that can be bought',
  about:
    'API Gateway instances are sold in two series, `api.s1` and `api.s2`. The purchase of any other instance type is refused. The ' +
    'full names of the larger types of the second series are not documented, so the verdict for such a name is unknown. An existing ' +
    'instance reports its own type.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/dedicated-instances',
  ],
  says: {
    SPECS_NOT_READ: (asked: Asked) => `${typeText(asked)} can be bought`,
    SPEC_OFFERED: (asked: Asked) => `${typeText(asked)} can be bought`,
    SPEC_NOT_OFFERED: ({
      link,
      listed,
      ...asked
    }: Asked & { readonly link: string; readonly listed: readonly string[] }) => ({
      message: `${typeText(asked)} does not exist: the purchase would be refused`,
      remedy: `Write one of ${listed.join(', ')} as links.${link}.spec.`,
    }),
  },
} satisfies CheckWords;
