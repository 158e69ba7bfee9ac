import { playStories } from './play-stories.js';

playStories('errors', ['answers.txt']);
