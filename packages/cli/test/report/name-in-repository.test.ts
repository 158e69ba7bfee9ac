import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { nameInRepository } from '../../src/report/write-report.js';
import { folder } from '../run-command.js';

/** A repository with a spec in a separate folder. */
function repository(): string {
  const root = folder({ 'outer.yaml': '' });
  mkdirSync(path.join(root, 'repo', 'deploy', 'eu'), { recursive: true });
  mkdirSync(path.join(root, 'repo', '.git'));
  writeFileSync(path.join(root, 'repo', 'deploy', 'eu', 'postern.yaml'), '');
  return root;
}

describe('the name of a file in its repository', () => {
  it.each<[string, string, string, string]>([
    ['where the working folder is the root', 'repo', 'deploy/eu/postern.yaml', 'deploy/eu/postern.yaml'],
    ['where the working folder is below the root', 'repo/deploy', 'eu/postern.yaml', 'deploy/eu/postern.yaml'],
    ['where the file is in a sibling folder', 'repo/deploy/eu', '../eu/postern.yaml', 'deploy/eu/postern.yaml'],
    ['where the file does not exist', 'repo', 'gone.yaml', 'gone.yaml'],
  ])('begins at the root %s', (_, at, file, name) => {
    const cwd = path.join(repository(), at);
    expect(nameInRepository(cwd)(file)).toBe(path.normalize(name));
    // An absolute path of the same file has the same name.
    expect(nameInRepository(cwd)(path.resolve(cwd, file))).toBe(path.normalize(name));
  });

  it('begins at the working folder outside of repositories', () => {
    const cwd = folder({ 'postern.yaml': '' });
    expect(nameInRepository(cwd)('postern.yaml')).toBe('postern.yaml');
    expect(nameInRepository(cwd)(path.join(cwd, 'postern.yaml'))).toBe('postern.yaml');
  });

  it('is the same through a symbolic link', () => {
    const root = repository();
    symlinkSync(path.join(root, 'repo'), path.join(root, 'link'));
    const file = path.join(root, 'repo', 'deploy', 'eu', 'postern.yaml');
    expect(nameInRepository(path.join(root, 'link'))(file)).toBe(path.normalize('deploy/eu/postern.yaml'));
  });

  it('is absolute outside of it', () => {
    const root = repository();
    const cwd = path.join(root, 'repo');
    expect(nameInRepository(cwd)('../outer.yaml')).toBe(path.join(root, 'outer.yaml'));
  });
});
