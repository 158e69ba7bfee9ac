import {
  aboutLink,
  defineCheck,
  fail,
  isNew,
  kindTraitsOf,
  mayBeNew,
  pass,
  unknown,
  unseen,
} from '@postern/core/checks';
import { LISTED_SPECS, specStanding } from '../../integration-instance/instance-specs.js';

const TYPE = '[instance type {spec}|the smallest instance type]';

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
  codes: {
    SPECS_NOT_READ: unknown(`${TYPE} can be bought`),
    SPEC_OFFERED: pass(`${TYPE} can be bought`),
    SPEC_NOT_OFFERED: fail(
      `${TYPE} does not exist: the purchase would be refused`,
      'Write one of {listed} as links.{link}.spec.',
    ),
  },
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
      if (unread !== undefined) yield say.SPECS_NOT_READ(about, { spec }, unread);
      if (!isNew(view)) continue;
      const evidence = [{ kind: 'spec', id: `links.${view.name}.spec`, text }];
      const remedy = `Write one of ${LISTED_SPECS.join(', ')} as links.${view.name}.spec.`;
      const standing = typeof written === 'string' ? specStanding(written) : 'listed';
      if (standing === 'listed') yield say.SPEC_OFFERED(about, { spec }, evidence);
      else if (standing === 'none')
        yield say.SPEC_NOT_OFFERED(about, { spec, link: view.name, listed: LISTED_SPECS }, evidence);
      else yield say.SPECS_NOT_READ(about, { spec }, { what: `a page that lists ${text}`, remedy }, evidence);
    }
  },
});
