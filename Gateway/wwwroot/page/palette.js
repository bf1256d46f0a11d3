// Colours of the playground. After Okabe and Ito: told apart with any kind of colour vision, and no meaning hangs on colour alone.

export const palette = {
  space: "#070b18", outside: "rgb(3 5 12 / 78%)", grid: "rgb(122 152 224 / 9%)", gridStrong: "rgb(122 152 224 / 19%)", edge: "rgb(240 200 110 / 55%)",
  own: "#ffc24b", pilot: "#6cc4f5", bot: "#b9c6e6", dummy: "#c9a7e8",
  ownShot: "#ffd98a", shot: "#ff8f5e", shield: "#7fd6ff", hull: "#ff9d6c", energy: "#f2d65c", ore: "#e0b566", drop: "#43d6a5", beam: "#43d6a5", wake: "#5fb4ff", ownWake: "#ffb84d",
  rock: "#8d8478", rockLight: "#b5aa9a", rockDark: "#5a534c",
  text: "#e9efff", dim: "#9fb0d6", good: "#43d6a5", bad: "#ff8f5e",
};
