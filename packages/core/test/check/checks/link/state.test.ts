import { linkState } from '../../../../src/check/checks/link/state.js';
import { linkHash } from '../../../../src/do/world/resolve/link-identity.js';
import { checkTable } from '../run-check.js';
import { awsWorld, aws, alibaba, withhold } from '../world.js';
import { edit } from '../edits.js';

const state = (to: 'failed' | 'pending' | 'deleting' | 'unknown' | 'inactive', nativeState: string, reason?: string) =>
  awsWorld(edit({ 'links.vlink-1': { state: to, nativeState, reason } }));
checkTable(linkState, {
  AVAILABLE: [aws(), 'pass READY', { subject: 'link eu', evidence: 'vlink-1' }],
  RUNNING: [alibaba(), 'pass READY', { evidence: 'apigateway-hz-1' }],
  'a failed link does not recover; a link adopted by ID cannot be replaced under that ID': [
    () => state('failed', 'FAILED', 'no ENI'),
    'error NOT_READY',
    { says: ['vlink-1', 'no ENI'], evidence: 'vlink-1', remedy: 'links.eu.id' },
  ],
  'a failed link managed by this project is replaced by a plan with replaceFailed': [
    aws(({ the, linkSpec }) => {
      const shape = { subnetIds: ['subnet-a', 'subnet-b'], securityGroupIds: ['sg-link'] };
      const mark = { project: 'shop', spec: 'shop', integration: 'eu' };
      const owner = { ...mark, specHash: linkHash(mark, shape) };
      Object.assign(the('links', 'vlink-1'), { state: 'failed', nativeState: 'FAILED', owner });
      delete linkSpec.id;
      Object.assign(linkSpec, { subnets: shape.subnetIds, securityGroups: shape.securityGroupIds });
    }),
    'error NOT_READY',
    { remedy: 'replaceFailed' },
  ],
  'being created': [() => state('pending', 'PENDING'), 'warning NOT_READY', { remedy: 'Wait' }],
  'being deleted': [() => state('deleting', 'DELETING'), 'error NOT_READY'],
  'a state that is not documented': [
    () => state('unknown', 'LIMBO'),
    'unknown STATE_NOT_KNOWN',
    { says: 'LIMBO', evidence: 'vlink-1' },
  ],
  'an inactive link is reported by another check': [() => state('inactive', 'INACTIVE'), 'nothing'],
  'links could not be read': [
    aws(withhold('links', 'apigateway:GET')),
    'unknown LINK_NOT_READ',
    { evidence: 'apigateway:GET' },
  ],
});
