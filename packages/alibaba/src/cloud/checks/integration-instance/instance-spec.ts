import { aboutLink, defineCheck, isNew, kindTraitsOf, mayBeNew, unseen } from '@postern/core/checks';
import { LISTED_SPECS, specStanding } from '../../integration-instance/instance-specs.js';

const typeText = ({ spec }: Asked): string =>
  spec === undefined ? 'the smallest instance type' : `instance type ${spec}`;

/** `link/instance-spec`. */
export const linkInstanceSpec = defineCheck({
  id: 'link/instance-spec',
  severity: 'error',
  title: 'A new instance has an instance type that can be bought',
  about:
    'API Gateway instances are sold in two series, `api.s1` and `api.s2`. A text of another form is refused. The full names of the ' +
    'larger types are not documented, and a series may be new, so the verdict for a name that no page lists is unknown. An existing ' +
    'instance reports its own type.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/dedicated-instances',
  ],
  codes: ['SPECS_NOT_READ', 'SPEC_OFFERED', 'SPEC_NOT_OFFERED'],
  *run(input, say) {
    for (const view of input.links) {
      if (!mayBeNew(view) || !kindTraitsOf(view).settings.includes('spec')) continue;
      // Types of another product have other names.
      if (kindTraitsOf(view).succeeds === true) continue;
      const about = aboutLink(view);
      const written = view.spec.native?.['spec'];
      const spec = typeof written === 'string' ? written : undefined;
      const text = spec ?? 'the smallest';
      const unread = unseen(view);
      if (unread !== undefined) yield say.unknown(about, 'SPECS_NOT_READ', { spec }, unread, specsNotRead);
      if (!isNew(view)) continue;
      const evidence = [{ kind: 'spec', id: `links.${view.name}.spec`, text }];
      const remedy = `Write one of ${LISTED_SPECS.join(', ')} as links.${view.name}.spec.`;
      const standing = typeof written === 'string' ? specStanding(written) : 'listed';
      if (standing === 'listed')
        yield say.pass(
          about,
          'SPEC_OFFERED',
          () => ({ spec }),
          (asked) => ({ message: `${typeText(asked)} can be bought`, evidence }),
        );
      else if (standing === 'none') {
        yield say.fail(
          about,
          'SPEC_NOT_OFFERED',
          { spec, link: view.name, listed: LISTED_SPECS },
          ({ link, listed, ...asked }) => ({
            message: `${typeText(asked)} does not exist: the purchase would be refused`,
            remedy: `Write one of ${listed.join(', ')} as links.${link}.spec.`,
            evidence,
          }),
        );
      } else
        yield say.unknown(about, 'SPECS_NOT_READ', { spec }, { what: `a page that lists ${text}`, remedy }, (p) => ({
          whether: specsNotRead(p),
          evidence,
        }));
    }
  },
});

function specsNotRead(asked: Asked): string {
  return `${typeText(asked)} can be bought`;
}

interface Asked {
  /** Undefined: none is written. */
  readonly spec?: string | undefined;
}
