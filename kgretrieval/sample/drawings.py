"""The pictures that are drawn by code: file name to the function that draws it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PIL import Image

from kgretrieval.sample import (
    draw_charts,
    draw_culture,
    draw_disasters,
    draw_energy,
    draw_landmarks,
    draw_maps,
    draw_politics,
    draw_science,
    draw_sky,
    draw_space,
    draw_sport,
)

DRAWINGS: Mapping[str, Callable[[], Image.Image]] = {
    "booster_landing.jpg": draw_space.booster_landing,
    "moon_landing.jpg": draw_space.moon_landing,
    "webb_mirror.jpg": draw_space.webb_mirror,
    "mars_rover.jpg": draw_space.mars_rover,
    "black_hole.jpg": draw_sky.black_hole,
    "saturn.jpg": draw_sky.saturn,
    "gravitational_waves.jpg": draw_sky.gravitational_waves,
    "moon_map.png": draw_sky.moon_map,
    "particle_tracks.jpg": draw_science.particle_tracks,
    "dna_scissors.png": draw_science.dna_scissors,
    "go_board.jpg": draw_science.go_board,
    "chess.jpg": draw_science.chess,
    "share_price.png": draw_charts.share_price,
    "brexit_vote.png": draw_charts.brexit_vote,
    "world_cup_goals.png": draw_charts.world_cup_goals,
    "euro_members.png": draw_charts.euro_members,
    "stock_crash.png": draw_charts.stock_crash,
    "ash_map.png": draw_maps.ash_map,
    "suez_map.png": draw_maps.suez_map,
    "sprint.jpg": draw_sport.sprint,
    "marathon.jpg": draw_sport.marathon,
    "football.jpg": draw_sport.football,
    "tennis.jpg": draw_sport.tennis,
    "stadium_fireworks.jpg": draw_sport.stadium_fireworks,
    "cathedral.jpg": draw_landmarks.cathedral,
    "cathedral_fire.jpg": draw_landmarks.cathedral_fire,
    "eiffel_tower.jpg": draw_landmarks.eiffel_tower,
    "glass_pyramid.jpg": draw_landmarks.glass_pyramid,
    "capitol.jpg": draw_landmarks.capitol,
    "tsunami.jpg": draw_disasters.tsunami,
    "volcano.jpg": draw_disasters.volcano,
    "flood.jpg": draw_disasters.flood,
    "harbour_smoke.jpg": draw_disasters.harbour_smoke,
    "container_ship.jpg": draw_disasters.container_ship,
    "wind_turbines.jpg": draw_energy.wind_turbines,
    "offshore_wind.jpg": draw_energy.offshore_wind,
    "nuclear_plant.jpg": draw_energy.nuclear_plant,
    "rooftop_band.jpg": draw_culture.rooftop_band,
    "guitar.jpg": draw_culture.guitar,
    "books.jpg": draw_culture.books,
    "flags.png": draw_politics.flags,
    "euro_coin.png": draw_politics.euro_coin,
    "speaker.jpg": draw_politics.speaker,
    "assembly.jpg": draw_politics.assembly,
    "treaty.jpg": draw_politics.treaty,
}
