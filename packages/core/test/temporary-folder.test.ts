import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sharedTemporaryFolder, temporaryFolder } from './temporary-folder.js';

describe('temporaryFolder', () => {
  let folder = '';
  it('has the requested files', () => {
    folder = temporaryFolder({ a: 'text' });
    expect(readFileSync(path.join(folder, 'a'), 'utf8')).toBe('text');
  });
  it('does not exist when the next test runs', () => {
    expect(folder).not.toBe('');
    expect(existsSync(folder)).toBe(false);
  });
});

describe('sharedTemporaryFolder', () => {
  let folder = '';
  describe('in one describe', () => {
    const shared = sharedTemporaryFolder();
    it('is created on first use', () => {
      folder = shared();
      expect(existsSync(folder)).toBe(true);
    });
    it('is the same one in the next test', () => {
      expect(shared()).toBe(folder);
      expect(existsSync(folder)).toBe(true);
    });
  });
  it('does not exist after the last test of that describe', () => {
    expect(folder).not.toBe('');
    expect(existsSync(folder)).toBe(false);
  });
});
