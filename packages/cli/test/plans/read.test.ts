import { describe, expect, it } from 'vitest';
import { plans } from '@postern/aws/plans';
import { judgeTerraform, readTerraform } from '@postern/core/internal/overlay';
import { EMPTY, planText, shop } from '../../../aws/test/plans/shop-plan.js';

const PLAN = JSON.stringify({ format_version: '1.2', resource_changes: [], planned_values: {}, complete: true });

describe('readTerraform', () => {
  it.each([
    ['of Terraform 0.12', { format_version: '0.1', resource_changes: [] }],
    ['with keys that are not known', { format_version: '1.9', resource_changes: [], later: { a: 1 } }],
    ['of OpenTofu, which has no `complete`', { format_version: '1.2', resource_changes: [], errored: false }],
  ])('reads a plan %s', (_, plan) => {
    expect(readTerraform(JSON.stringify(plan))).toMatchObject({ kind: 'plan', partial: [] });
  });

  it.each([
    ['a byte order mark', `\uFEFF${PLAN}`],
    [
      'the lines of setup-terraform',
      `[command]/bin/terraform-bin show -json p\n${PLAN}\n\n::debug::Terraform exited with code 0.\n`,
    ],
  ])('reads a plan with %s around it', (_, text) => {
    expect(readTerraform(text).kind).toBe('plan');
  });

  it('reads a state', () => {
    const resources = [{ address: 'aws_vpc.a', mode: 'managed', type: 'aws_vpc', name: 'a' }];
    const state = { format_version: '1.0', values: { root_module: { resources } } };
    expect(readTerraform(JSON.stringify(state))).toMatchObject({ kind: 'state', state: [{ address: 'aws_vpc.a' }] });
  });

  it.each([
    [
      'the log of the UI',
      '{"@level":"info","@message":"x"}\n{"@level":"info"}',
      'INVALID_INPUT',
      'log of `terraform plan -json`',
    ],
    ['a plan file', 'PK\u0003\u0004\u0000', 'INVALID_INPUT', 'not JSON'],
    ['UTF-16', '{\u0000"\u0000', 'INVALID_INPUT', 'UTF-16'],
    ['a state file', '{"version":4,"serial":1,"lineage":"x","resources":[]}', 'INVALID_INPUT', 'state file'],
    ['another JSON', '{"a":1}', 'INVALID_INPUT', 'format_version'],
    ['text', 'Terraform will perform', 'INVALID_INPUT', 'not JSON'],
    ['nothing', '', 'INVALID_INPUT', 'empty'],
    ['a plan that is cut off', PLAN.slice(0, 40), 'INVALID_INPUT', 'plan.json: the text ends too early'],
    ['a later major version', '{"format_version":"2.0","resource_changes":[]}', 'UNSUPPORTED_VERSION', '2.0'],
  ])('refuses %s', (_, text, code, part) => {
    expect(() => readTerraform(text, 'plan.json')).toThrow(
      expect.objectContaining({
        code,
        message: expect.stringContaining(part),
        place: expect.objectContaining({ file: 'plan.json' }),
      }),
    );
  });

  it.each([
    ['ended with an error', { errored: true }],
    ['defers changes', { complete: false, deferred_changes: [{}] }],
    ['was made with -target', { complete: false }],
  ])('says that a plan %s', (_, more) => {
    expect(
      readTerraform(JSON.stringify({ format_version: '1.2', resource_changes: [], ...more })).partial,
    ).toHaveLength(1);
  });
});

describe('the age of what a plan is laid over', () => {
  const text = planText(shop(), {}, { timestamp: '2026-11-26T10:00:00Z' });
  it.each([
    [undefined, 1],
    [true, 0],
  ])('is noted of a snapshot, and not of a network that is read now: %s', (live, count) => {
    const { notes } = judgeTerraform(readTerraform(text), EMPTY, { plans: [plans], region: 'eu-west-1', live });
    expect(notes.filter((one) => one.includes('older than the plan'))).toHaveLength(count);
  });
});
