import { CLOUDS } from '../../../clouds.js';
import { expect, it } from 'vitest';
import { portRulesOf } from '../../../../src/check/checks/callers/port-rules.js';
import { indexRegion } from '../../../../src/do/world/index/region-index.js';
import { awsRegion } from '../aws-region.js';

it('the rules of a list of groups are read for each port that is asked for', () => {
  const region = indexRegion(awsRegion(), CLOUDS);
  const groupIds = ['sg-lb', 'sg-app'];
  const rulesOf = (port: number) =>
    portRulesOf({ region, groupIds, port, what: 'orders-alb' }).rules.map(({ rule }) => rule.id);
  expect([443, 8080, 443, 22].map(rulesOf)).toEqual([['sgr-lb-in'], ['sgr-app-in'], ['sgr-lb-in'], []]);
});
