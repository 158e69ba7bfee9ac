import { linkSpare } from '../../../../src/check/checks/link/spare.js';
import { linkHash } from '../../../../src/do/world/resolve/link-identity.js';
import { checkTable } from '../run-check.js';
import { type World, aws, alibaba } from '../world.js';

/** The link carries the mark of the spec, and so does a second one in this state. */
const twice =
  (state: 'ready' | 'deleting') =>
  ({ region, spec, linkSpec, copy }: World): void => {
    const [link] = region.links;
    if (link === undefined) throw new Error('the world has no link');
    const owner = { project: 'shop', spec: 'shop', integration: 'eu' };
    link.owner = { ...owner, spec: 'shop-1', specHash: linkHash(owner, link) };
    Object.assign(spec, { spec: 'shop-1' });
    delete linkSpec.id;
    copy('links', link.id, { id: 'second', state });
  };

checkTable(linkSpare, {
  'only one has the mark': [alibaba(), 'pass NONE_SPARE', { evidence: 'apigateway-hz-1' }],
  'a second one has it, too': [
    alibaba(twice('ready')),
    'warning SPARE',
    {
      subject: 'link eu',
      says: ['second', 'billed'],
      evidence: 'apigateway-hz-1',
      remedy: 'consent to delete second',
    },
  ],
  'the second one is being deleted': [alibaba(twice('deleting')), 'pass NONE_SPARE'],
  'a link costs nothing on AWS': [aws(twice('ready')), 'nothing'],
});
