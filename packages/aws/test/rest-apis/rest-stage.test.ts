import { describe, expect, it } from 'vitest';
import { createdTags, deployedTag, needsDeployments, toRestStage } from '../../src/rest-apis/rest-stage.js';

const MARK = 'postern:shop@orders-7f3k2q/1a2b3c';
const OTHER = 'postern:shop@other/ffffff';
const stage = (deploymentId: string, tags: Record<string, string> = {}) => ({ stageName: 'prod', deploymentId, tags });
const deployment = (id: string, second: number, description?: string) => ({
  id,
  createdDate: new Date(second * 1000),
  ...(description === undefined ? {} : { description }),
});

describe('the tag of a deployed stage', () => {
  it('is found as the mark that it was written with', () => {
    const tags = deployedTag(MARK, 'd1');
    expect(tags).toEqual({ 'postern:deployed:shop@orders-7f3k2q': '1a2b3c d1' });
    expect(toRestStage(stage('d1', tags), [], 'shop@orders-7f3k2q').deployed).toBe(MARK);
  });

  it('refuses a text that is not a mark', () => {
    expect(() => deployedTag('shop/1a2b3c', 'd1')).toThrow(TypeError);
  });

  it('counts for its own deployer only; without one, the current one counts', () => {
    const both = { ...deployedTag(MARK, 'd1'), ...deployedTag(OTHER, 'd2') };
    expect(toRestStage(stage('d2', both), [], 'shop@other').deployed).toBe(OTHER);
    expect(toRestStage(stage('d2', both)).deployed).toBe(OTHER);
    expect(needsDeployments(stage('d2', both))).toBe(false);
    expect(needsDeployments(stage('d2', both), 'shop@orders-7f3k2q')).toBe(true);
    expect(needsDeployments(stage('d2', both), 'market')).toBe(false);
  });

  it.each<[string, string, string | undefined]>([
    ['a later deployment by another writer, which contains it', 'd3', MARK],
    ['an earlier deployment: a rollback', 'd0', undefined],
    ['an earlier deployment of the project: a rollback to it', 'd1', 'postern:shop@orders-7f3k2q/000000'],
    ['a deployment that is not listed', 'd9', undefined],
  ])('does not decide where the stage has %s', (_, current, expected) => {
    const deployments = [
      deployment('d0', 1),
      deployment('d1', 2, 'postern:shop@orders-7f3k2q/000000'),
      deployment('d2', 3, MARK),
      deployment('d3', 4, 'by hand'),
    ];
    const one = stage(current, deployedTag(MARK, 'd2'));
    expect(needsDeployments(one, 'shop@orders-7f3k2q')).toBe(true);
    expect(toRestStage(one, deployments, 'shop@orders-7f3k2q').deployed).toBe(expected);
  });

  it('is not read as one where the text has another form', () => {
    expect(toRestStage(stage('d1', { 'postern:deployed:shop': 'd1' }), [], 'shop').deployed).toBeUndefined();
  });
});

describe('a stage', () => {
  it('names who created it, by its tags', () => {
    expect(toRestStage(stage('d1', createdTags({ project: 'shop', spec: 'orders' }))).createdBy).toEqual({
      project: 'shop',
      spec: 'orders',
    });
    expect(toRestStage(stage('d1', createdTags({ project: 'shop' }))).createdBy).toEqual({ project: 'shop' });
    expect(toRestStage(stage('d1')).createdBy).toBeUndefined();
  });

  it('has variables and a canary', () => {
    const canarySettings = { deploymentId: 'd2', percentTraffic: 12.5, stageVariableOverrides: { link: 'b' } };
    expect(toRestStage({ ...stage('d1'), variables: { link: 'a' }, canarySettings })).toEqual({
      name: 'prod',
      autoDeploy: false,
      deploymentId: 'd1',
      deployed: undefined,
      variables: { link: 'a' },
      canary: { deploymentId: 'd2', percent: 12.5, variables: { link: 'b' } },
      accessLog: {},
      clientCertificate: {},
    });
  });

  it('has the destination and the format of its access log', () => {
    const accessLogSettings = {
      destinationArn: 'arn:aws:logs:eu-west-1:111122223333:log-group:calls',
      format: '$context.status',
    };
    expect(toRestStage({ ...stage('d1'), accessLogSettings }).accessLog).toEqual({
      destination: accessLogSettings.destinationArn,
      format: '$context.status',
    });
  });

  it('has the client certificate that it presents', () => {
    expect(toRestStage({ ...stage('d1'), clientCertificateId: 'ab12cd' }).clientCertificate).toEqual({ id: 'ab12cd' });
  });
});
