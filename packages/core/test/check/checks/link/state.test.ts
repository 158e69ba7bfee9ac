import { describe } from 'vitest';
import { linkState } from '../../../../src/check/checks/link/state.js';
import { linkHash } from '../../../../src/do/world/resolve/link-identity.js';
import { checkTable } from '../run-check.js';
import { awsWorld, alibabaWorld } from '../world.js';

describe('link/state', () => {
  const state = (
    to: 'failed' | 'pending' | 'deleting' | 'unknown' | 'inactive',
    nativeState: string,
    reason?: string,
  ) => awsWorld(({ the }) => Object.assign(the('links', 'vlink-1'), { state: to, nativeState, reason }));
  checkTable(linkState, [
    { why: 'AVAILABLE', world: () => awsWorld(), verdict: 'pass', subject: 'link eu', evidence: ['vlink-1'] },
    { why: 'RUNNING', world: () => alibabaWorld(), verdict: 'pass', evidence: ['apigateway-hz-1'] },
    {
      why: 'a failed link does not recover; a link adopted by ID cannot be replaced under that ID',
      world: () => state('failed', 'FAILED', 'no ENI'),
      verdict: 'fail',
      severity: 'error',
      says: ['vlink-1', 'no ENI'],
      evidence: ['vlink-1'],
      remedy: ['links.eu.id'],
    },
    {
      why: 'a failed link managed by this project is replaced by a plan with replaceFailed',
      world: () =>
        awsWorld(({ the, linkSpec }) => {
          const shape = { subnetIds: ['subnet-a', 'subnet-b'], securityGroupIds: ['sg-link'] };
          const mark = { project: 'shop', integration: 'eu' };
          const owner = { ...mark, specHash: linkHash(mark, shape) };
          Object.assign(the('links', 'vlink-1'), { state: 'failed', nativeState: 'FAILED', owner });
          delete linkSpec.id;
          Object.assign(linkSpec, { subnets: shape.subnetIds, securityGroups: shape.securityGroupIds });
        }),
      verdict: 'fail',
      remedy: ['replaceFailed'],
    },
    {
      why: 'being created',
      world: () => state('pending', 'PENDING'),
      verdict: 'fail',
      severity: 'warning',
      remedy: ['Wait'],
    },
    { why: 'being deleted', world: () => state('deleting', 'DELETING'), verdict: 'fail', severity: 'error' },
    {
      why: 'a state that is not documented',
      world: () => state('unknown', 'LIMBO'),
      verdict: 'unknown',
      says: ['LIMBO'],
      evidence: ['vlink-1'],
    },
    {
      why: 'an inactive link is reported by another check',
      world: () => state('inactive', 'INACTIVE'),
      verdict: 'nothing',
    },
    {
      why: 'links could not be read',
      world: () => awsWorld(({ withhold }) => withhold('links', 'apigateway:GET')),
      verdict: 'unknown',
      evidence: ['apigateway:GET'],
    },
  ]);
});
