import { playStories } from './play-stories.js';

playStories('errors', ['spec.txt', 'usage.txt']);
