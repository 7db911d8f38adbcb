"""A small photo studio for the demo products.

    blender -b --factory-startup -P studio.py -- --product halo-headphones --out build/

Every product is a function further down; it builds the object around the origin, standing on z = 0,
facing -y, in any unit. The studio then scales it, frames it and lights it with its accent colour.
"""
import argparse
import bmesh
import bpy
import csv
import math
import numpy as np
import os
import random
import sys
import tempfile
import time
from math import cos, pi, radians, sin
from mathutils import Matrix, Vector

HERE = os.path.dirname(os.path.abspath(__file__))
TAU = 2 * pi
PRODUCTS = {}
RNG = random.Random(4)

# ------------------------------------------------------------------ colour and materials


def rgb(h, gain=1.0):
    h = h.lstrip('#')
    c = [int(h[k:k + 2], 16) / 255 for k in (0, 2, 4)]
    return tuple((v / 12.92 if v <= .04045 else ((v + .055) / 1.055) ** 2.4) * gain for v in c)


def rgba(h, gain=1.0):
    return rgb(h, gain) + (1,)


def blend(a, b, t):
    return tuple(x + (y - x) * t for x, y in zip(a, b))


class Mat:
    """A Principled material and a few ways to make it less uniform."""

    def __init__(self, color='#ffffff', rough=.4, metal=0, trans=0, ior=1.45, sss=0, coat=0, coat_rough=.06,
                 sheen=0, emit=None, glow=0, spec=.5, aniso=0, alpha=1):
        self.m = bpy.data.materials.new('m')
        self.m.use_nodes = True
        self.m.cycles.sample_as_light = False   # the lamps light the set; sampling every glowing face too is only noise
        self.nt = self.m.node_tree
        self.b = self.nt.nodes['Principled BSDF']
        base = rgba(color)
        self.set('Base Color', base)
        self.set('Roughness', rough)
        self.set('Metallic', metal)
        self.set('Transmission', trans)
        self.set('IOR', ior)
        self.set('Specular', spec)
        self.set('Clearcoat', coat)
        self.set('Clearcoat Roughness', coat_rough)
        self.set('Sheen', sheen)
        self.set('Sheen Tint', .6)
        self.set('Anisotropic', aniso)
        self.set('Alpha', alpha)
        if sss:
            self.set('Subsurface', sss)
            self.set('Subsurface Color', base)
            self.b.inputs['Subsurface Radius'].default_value = (.25, .14, .09)
        if emit or glow:
            self.set('Emission', rgba(emit or color))
            self.set('Emission Strength', glow)

    def set(self, k, v):
        self.b.inputs[k].default_value = v

    def node(self, kind, **kw):
        n = self.nt.nodes.new('ShaderNode' + kind)
        for k, v in kw.items():
            if k in n.inputs:
                n.inputs[k].default_value = v
            else:
                setattr(n, k, v)
        return n

    def link(self, a, b):
        self.nt.links.new(a, b)

    def coords(self, scale=(1, 1, 1), rot=(0, 0, 0), kind='Object'):
        t = self.node('TexCoord')
        m = self.node('Mapping')
        m.inputs['Scale'].default_value = scale
        m.inputs['Rotation'].default_value = rot
        self.link(t.outputs[kind], m.inputs[0])
        return m.outputs[0]

    def ramp(self, fac, stops, to='Base Color', mode='LINEAR'):
        r = self.node('ValToRGB')
        r.color_ramp.interpolation = mode
        els = r.color_ramp.elements
        while len(els) < len(stops):
            els.new(.5)
        for e, (p, c) in zip(els, stops):
            e.position = p
            e.color = rgba(c) if isinstance(c, str) else (c, c, c, 1)
        self.link(fac, r.inputs[0])
        for t in ([to] if isinstance(to, str) else to):
            self.link(r.outputs[0], self.b.inputs[t])
        return self

    def gradient(self, z0, z1, stops, to='Base Color', axis=2, mode='LINEAR'):
        """Colour along an axis of the object, from z0 to z1."""
        sep = self.node('SeparateXYZ')
        self.link(self.coords(), sep.inputs[0])
        mr = self.node('MapRange')
        mr.inputs[1].default_value, mr.inputs[2].default_value = z0, z1
        self.link(sep.outputs[axis], mr.inputs[0])
        return self.ramp(mr.outputs[0], stops, to, mode)

    def noise(self, scale, stops, to='Base Color', detail=3, stretch=(1, 1, 1), distort=0, rot=(0, 0, 0)):
        n = self.node('TexNoise', Scale=scale, Detail=detail, Distortion=distort)
        self.link(self.coords(stretch, rot), n.inputs['Vector'])
        return self.ramp(n.outputs[0], stops, to)

    def wave(self, scale, stops, distort=6, detail=2, dscale=1.2, rot=(0, 0, 0), to='Base Color', stretch=(1, 1, 1)):
        n = self.node('TexWave', Scale=scale, Distortion=distort, Detail=detail)
        n.inputs['Detail Scale'].default_value = dscale
        self.link(self.coords(stretch, rot), n.inputs['Vector'])
        return self.ramp(n.outputs[0], stops, to)

    def bump(self, scale=40, strength=.3, kind='noise', dist=.02, stretch=(1, 1, 1), detail=2):
        if kind == 'voronoi':
            n = self.node('TexVoronoi', Scale=scale)
        elif kind == 'wave':
            n = self.node('TexWave', Scale=scale, Distortion=.3)
        else:
            n = self.node('TexNoise', Scale=scale, Detail=detail)
        self.link(self.coords(stretch), n.inputs['Vector'])
        b = self.node('Bump', Strength=strength, Distance=dist)
        self.link(n.outputs[0], b.inputs['Height'])
        self.link(b.outputs[0], self.b.inputs['Normal'])
        return self


def gloss(c, **k):
    return Mat(c, **{**dict(rough=.3, coat=1), **k})


def satin(c, **k):
    return Mat(c, **{**dict(rough=.42, coat=.25, coat_rough=.2), **k})


def matte(c, **k):
    return Mat(c, **{**dict(rough=.7, spec=.35), **k})


def soft(c, **k):
    return Mat(c, **{**dict(rough=.5, coat=.3, coat_rough=.25), **k})


def metal(c='#d9dde6', rough=.2, **k):
    return Mat(c, rough=rough, metal=1, **k)


def gold(rough=.18):
    return Mat('#f2bd6a', rough=rough, metal=1)


def glass(c='#ffffff', rough=.02, ior=1.45):
    return Mat(c, rough=rough, trans=1, ior=ior)


def pane(tint='#ffffff', edge=.25, rough=.02):
    """Thin clear glass that lets light through: a reflection at grazing angles, else a tinted view."""
    m = Mat()
    tr, gl, lw, mix = m.node('BsdfTransparent'), m.node('BsdfGlossy', Roughness=rough), m.node('LayerWeight', Blend=.3), m.node('MixShader')
    mr = m.node('MapRange')
    mr.inputs[3].default_value, mr.inputs[4].default_value = .05, .05 + edge
    tr.inputs[0].default_value = rgba(tint)
    m.link(lw.outputs['Facing'], mr.inputs[0])
    m.link(mr.outputs[0], mix.inputs[0])
    m.link(tr.outputs[0], mix.inputs[1])
    m.link(gl.outputs[0], mix.inputs[2])
    m.link(mix.outputs[0], m.nt.nodes['Material Output'].inputs[0])
    return m


def glowing(c, power=3):
    return Mat('#000000', emit=c, glow=power)


# ------------------------------------------------------------------ geometry

TURN = None


def group(loc=(0, 0, 0), rot=(0, 0, 0), parent=None, scale=1):
    o = bpy.data.objects.new('g', None)
    bpy.context.collection.objects.link(o)
    o.location, o.rotation_euler, o.scale = loc, rot, (scale,) * 3 if not hasattr(scale, '__len__') else scale
    o.parent = parent or TURN
    return o


def add(data, m, loc=(0, 0, 0), rot=(0, 0, 0), parent=None, smooth=40, scale=(1, 1, 1)):
    o = bpy.data.objects.new('o', data)
    bpy.context.collection.objects.link(o)
    o.location, o.rotation_euler, o.scale = loc, rot, scale
    o.parent = parent or TURN
    if m:
        data.materials.append(m.m)
    if isinstance(data, bpy.types.Mesh) and smooth:
        for p in data.polygons:
            p.use_smooth = True
        data.use_auto_smooth = True
        data.auto_smooth_angle = radians(smooth)
    return o


def mesh_of(bm):
    me = bpy.data.meshes.new('me')
    bmesh.ops.recalc_face_normals(bm, faces=bm.faces)
    bm.to_mesh(me)
    bm.free()
    return me


def soften(pts, n=8):
    """Polyline (a, b[, radius]) with its corners rounded."""
    out = []
    for k, p in enumerate(pts):
        r = p[2] if len(p) > 2 else 0
        if not r or k in (0, len(pts) - 1):
            out.append((p[0], p[1]))
            continue
        a, b, c = (Vector(q[:2]) for q in (pts[k - 1], p, pts[k + 1]))
        t = min(r, (a - b).length * .49, (c - b).length * .49)
        s, e = b + (a - b).normalized() * t, b + (c - b).normalized() * t
        for j in range(n + 1):
            u = j / n
            q = s * (1 - u) ** 2 + b * 2 * u * (1 - u) + e * u * u
            out.append((q.x, q.y))
    return out


def grid_mesh(fn, nu, nv, wrap_u=True, wrap_v=False):
    bm = bmesh.new()
    vs = [[bm.verts.new(fn(i / nu, j / (nv if wrap_v else nv - 1))) for i in range(nu if wrap_u else nu + 1)] for j in range(nv)]
    w = len(vs[0])
    for j in range(nv if wrap_v else nv - 1):
        for i in range(w if wrap_u else w - 1):
            q = (vs[j][i], vs[j][(i + 1) % w], vs[(j + 1) % nv][(i + 1) % w], vs[(j + 1) % nv][i])
            try:
                bm.faces.new(q)
            except ValueError:
                pass
    bmesh.ops.remove_doubles(bm, verts=bm.verts, dist=1e-5)
    return mesh_of(bm)


def lathe(prof, m, segs=112, loc=(0, 0, 0), rot=(0, 0, 0), parent=None, smooth=40, modulate=None, scale=(1, 1, 1), rounds=8):
    pts = soften(prof, rounds)

    def fn(u, v):
        k = round(v * (len(pts) - 1))
        r, z = pts[k]
        a = u * TAU
        if modulate:
            r = modulate(r, z, a)
        return (r * cos(a), r * sin(a), z)
    return add(grid_mesh(fn, segs, len(pts)), m, loc, rot, parent, smooth, scale)


def cyl(r, h, m, loc=(0, 0, 0), rot=(0, 0, 0), parent=None, bev=.03, segs=96):
    """Cylinder from z = 0 to h with rounded rims."""
    return lathe([(0, 0), (r, 0, bev), (r, h, bev), (0, h)], m, segs, loc, rot, parent)


def box(size, m, loc=(0, 0, 0), rot=(0, 0, 0), parent=None, bev=.06, segs=6):
    bm = bmesh.new()
    bmesh.ops.create_cube(bm, size=1)
    bmesh.ops.scale(bm, vec=size, verts=bm.verts)
    bmesh.ops.bevel(bm, geom=bm.verts[:] + bm.edges[:], offset=bev, segments=segs, profile=.5, affect='EDGES')
    return add(mesh_of(bm), m, loc, rot, parent, 50)


def slab(w, d, h, r, m, loc=(0, 0, 0), rot=(0, 0, 0), parent=None, bev=.05):
    """Box with strongly rounded vertical edges (radius r), standing on its loc."""
    return prism(rounded_rect(w, d, r), h, m, (loc[0], loc[1], loc[2]), rot, parent, bev, flat=True)


def torus(R, r, m, loc=(0, 0, 0), rot=(0, 0, 0), parent=None, scale=(1, 1, 1), segs=128, rings=28):
    return add(grid_mesh(lambda u, v: ((R + r * cos(v * TAU)) * cos(u * TAU), (R + r * cos(v * TAU)) * sin(u * TAU), r * sin(v * TAU)),
                         segs, rings, wrap_v=True), m, loc, rot, parent, 60, scale)


def ball(r, m, loc=(0, 0, 0), rot=(0, 0, 0), parent=None, scale=(1, 1, 1), segs=64, power=1, fn=None):
    """Sphere; power below 1 makes it squarer; fn displaces (unit vector) -> factor."""
    def p(v):
        return math.copysign(abs(v) ** power, v)

    def at(u, v):
        a, b = u * TAU, (v - .5) * pi
        q = Vector((p(cos(b)) * p(cos(a)), p(cos(b)) * p(sin(a)), p(sin(b)))) * r
        return q * fn(Vector((cos(b) * cos(a), cos(b) * sin(a), sin(b)))) if fn else q
    return add(grid_mesh(at, segs, segs // 2 + 1), m, loc, rot, parent, 60, scale)


def spline(pts, n=10, closed=False):
    """Catmull-Rom through points."""
    P = [Vector(p) for p in pts]
    out, c = [], len(P)
    for i in range(c if closed else c - 1):
        p0 = P[(i - 1) % c] if closed or i else P[0] * 2 - P[1]
        p1, p2 = P[i], P[(i + 1) % c]
        p3 = P[(i + 2) % c] if closed or i + 2 < c else P[-1] * 2 - P[-2]
        for j in range(n):
            t = j / n
            out.append(.5 * (2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t * t + (3 * p1 - p0 - 3 * p2 + p3) * t ** 3))
    if not closed:
        out.append(P[-1])
    return out


def tube(pts, r, m, loc=(0, 0, 0), rot=(0, 0, 0), parent=None, closed=False, smooth=10, taper=None, scale=(1, 1, 1), extrude=0):
    c = bpy.data.curves.new('c', 'CURVE')
    c.dimensions = '3D'
    q = spline(pts, smooth, closed) if smooth else [Vector(p) for p in pts]
    s = c.splines.new('POLY')
    s.points.add(len(q) - 1)
    for k, v in enumerate(q):
        s.points[k].co = (*v, 1)
        if taper:
            s.points[k].radius = taper(k / (len(q) - 1))
    s.use_cyclic_u = closed
    c.bevel_depth, c.bevel_resolution, c.use_fill_caps, c.extrude = r, 8, True, extrude
    return add(c, m, loc, rot, parent, scale=scale)


def rounded_rect(w, h, r, n=10):
    out = []
    for cx, cy, a0 in ((w / 2 - r, h / 2 - r, 0), (-w / 2 + r, h / 2 - r, 90), (-w / 2 + r, -h / 2 + r, 180), (w / 2 - r, -h / 2 + r, 270)):
        for k in range(n + 1):
            a = radians(a0 + 90 * k / n)
            out.append((cx + r * cos(a), cy + r * sin(a)))
    return out


def ellipse(a, b, n=72, a0=0, a1=360):
    return [(a * cos(radians(a0 + (a1 - a0) * k / n)), b * sin(radians(a0 + (a1 - a0) * k / n))) for k in range(n + (a1 - a0 < 360))]


def prism(outline, depth, m, loc=(0, 0, 0), rot=(0, 0, 0), parent=None, bev=.04, flat=False, holes=(), res=5):
    """A flat shape with thickness and rounded edges. Upright (drawn in x/z, facing -y) unless flat."""
    c = bpy.data.curves.new('p', 'CURVE')
    c.dimensions = '2D'
    c.fill_mode = 'BOTH'
    for path in (outline, *holes):
        s = c.splines.new('POLY')
        s.points.add(len(path) - 1)
        for k, (x, y) in enumerate(path):
            s.points[k].co = (x, y, 0, 1)
        s.use_cyclic_u = True
    bev = min(bev, depth / 2 - 1e-4)
    c.extrude, c.bevel_depth, c.offset, c.bevel_resolution = depth / 2 - bev, bev, -bev, res
    if flat:
        return add(c, m, (loc[0], loc[1], loc[2] + depth / 2), rot, parent)
    g = group(loc, rot, parent)
    return add(c, m, (0, 0, 0), (pi / 2, 0, 0), g)


FONT = None


def text(body, size, m, loc=(0, 0, 0), rot=(0, 0, 0), parent=None, bend=None, depth=.002, ball_r=None, spacing=1, roll=0):
    """Lettering facing -y, centred on loc; bend wraps it round a vertical cylinder of that radius, ball_r on a ball."""
    global FONT
    c = bpy.data.curves.new('t', 'FONT')
    c.body, c.size, c.align_x, c.align_y, c.extrude, c.space_character = body, size, 'CENTER', 'CENTER', depth, spacing
    c.resolution_u = 6
    f = os.environ.get('STUDIO_FONT')
    if f and os.path.exists(f):
        FONT = FONT or bpy.data.fonts.load(f)
        c.font = FONT
    tmp = bpy.data.objects.new('t', c)
    bpy.context.collection.objects.link(tmp)
    me = bpy.data.meshes.new_from_object(tmp.evaluated_get(bpy.context.evaluated_depsgraph_get()))
    bpy.data.objects.remove(tmp)
    bm = bmesh.new()
    bm.from_mesh(me)
    if bend or ball_r:
        for axis in (0, 1):
            for _ in range(2):
                bmesh.ops.subdivide_edges(bm, edges=[e for e in bm.edges if abs(e.verts[0].co[axis] - e.verts[1].co[axis]) > .04], cuts=1)
        bmesh.ops.triangulate(bm, faces=bm.faces)
    for v in bm.verts:
        x, y, z = v.co
        if roll:
            x, y = x * cos(roll) - y * sin(roll), x * sin(roll) + y * cos(roll)
        if bend:
            a = x / bend
            v.co = ((bend + z) * sin(a), bend - (bend + z) * cos(a), y)
        elif ball_r:
            a, b = x / ball_r, y / ball_r
            q = ball_r + z
            v.co = (q * cos(b) * sin(a), ball_r - q * cos(b) * cos(a), q * sin(b))
        else:
            v.co = (x, -z, y)
    bm.to_mesh(me)
    bm.free()
    return add(me, m, loc, rot, parent, 30)


def label(r, z0, z1, half, m, parent=None, corner=.08, center=-90, thick=.006):
    """A sticker round a cylinder of radius r: half = half angle in degrees."""
    w, h = 2 * radians(half) * r, z1 - z0
    out = rounded_rect(w, h, corner)
    bm = bmesh.new()
    cols = 64
    top = []

    def lim(x):
        ys = h / 2
        dx = abs(x) - (w / 2 - corner)
        return ys if dx <= 0 else ys - corner + math.sqrt(max(0, corner ** 2 - dx * dx))
    for k in range(cols + 1):
        x = -w / 2 + w * k / cols
        y = lim(x)
        a = radians(center) + x / r
        top.append([bm.verts.new(((r + thick) * cos(a), (r + thick) * sin(a), (z0 + z1) / 2 + s * y)) for s in (-1, 1)])
    for k in range(cols):
        try:
            bm.faces.new((top[k][0], top[k + 1][0], top[k + 1][1], top[k][1]))
        except ValueError:
            pass
    return add(mesh_of(bm), m, parent=parent, smooth=60)


def modify(o, kind, **kw):
    m = o.modifiers.new('x', kind)
    for k, v in kw.items():
        setattr(m, k, v)
    return o


def cut(o, cutters):
    """Boolean difference with objects that are then hidden from everything."""
    for c in cutters:
        c.hide_render = c.hide_viewport = False
        modify(o, 'BOOLEAN', operation='DIFFERENCE', object=c, solver='EXACT')
        c.hide_render = True
        c.display_type = 'WIRE'
    return o


def lamp_point(loc, power, color, size=.2, parent=None):
    l = bpy.data.lights.new('p', 'POINT')
    l.energy, l.color, l.shadow_soft_size = power, rgb(color), size
    o = bpy.data.objects.new('p', l)
    bpy.context.collection.objects.link(o)
    o.location, o.parent = loc, parent or TURN
    return o


def product(slug, **opts):
    def reg(fn):
        PRODUCTS[slug] = (fn, opts)
        return fn
    return reg


# ------------------------------------------------------------------ beauty


@product('glow-drops', pitch=7)
def glow_drops():
    body = pane('#fff3df', .22)
    serum = Mat('#ff9d1c', rough=.12, coat=.5).gradient(.15, 1.5, [(0, '#f07a0a'), (.6, '#ffa421'), (1, '#ffd257')])
    white, ink, brass, rub = satin('#fbfaf5'), matte('#15110c'), gold(.15), soft('#f6efe2', rough=.38)
    lathe([(0, 0), (.74, 0, .1), (.80, .1, .1), (.80, 1.62, .42), (.30, 1.9, .14), (.30, 2.08), (.235, 2.08), (.235, 1.84, .12),
           (.73, 1.56, .36), (.73, .16, .12), (0, .16)], body, 144)
    lathe([(0, .165), (.725, .165, .12), (.725, 1.46, .05), (.69, 1.5), (0, 1.5)], serum, 128)
    lathe([(0, 1.98), (.36, 1.98, .02), (.385, 2.02, .03), (.385, 2.44, .04), (.30, 2.45), (0, 2.45)], brass, 128)
    for z in (2.09, 2.37):
        torus(.386, .012, brass, (0, 0, z))
    lathe([(0, 2.42), (.27, 2.42), (.29, 2.5, .05), (.27, 2.62, .05), (.27, 2.98, .2), (.13, 3.2, .14), (0, 3.22)], rub, 96)
    cyl(.05, 1.9, glass('#fff6e6', .02), (0, 0, .3))
    label(.80, .36, 1.26, 46, white)
    text('glow', .42, ink, (0, -.812, .92), bend=.812)
    text('VITAMIN C', .125, satin('#c9852b'), (0, -.812, .57), bend=.812, spacing=1.1)


@product('velvet-lip-oil', pitch=7, yaw=-4)
def velvet_lip_oil():
    for (x, y, h, berry, cap, s) in ((-.36, -.2, 1.35, '#e0115f', '#ffb3cf', 1), (.52, .28, 1.35, '#ff5a3c', '#ffd2bd', .86)):
        g = group((x, y, 0), (0, 0, radians(-8 if x < 0 else 12)), scale=s)
        wall = pane('#fff0f5', .25)
        lathe([(0, 0), (.42, 0, .07), (.44, .1, .08), (.44, h, .1), (.30, h + .1, .06), (0, h + .1)], wall, 112, parent=g)
        oil = Mat(berry, rough=.12, coat=1)
        lathe([(0, .1), (.36, .1, .12), (.37, h + .02, .1), (0, h + .02)], oil, 112, parent=g)
        c = satin(cap, coat=.8, coat_rough=.12)
        lathe([(0, h + .1), (.43, h + .1, .03), (.445, h + .16, .04), (.42, h + 1.2, .12), (0, h + 1.22, 0)], c, 112, parent=g)
        torus(.40, .035, gold(), (0, 0, h + .11), parent=g)
        t = text('velvet', .34, satin('#fff7f2'), (0, -.452, .72), parent=g, bend=.452, roll=pi / 2)
        t['ghost'] = 1


@product('cloud-cream', pitch=14, yaw=-3)
def cloud_cream():
    jar = Mat('#bfe4ff', rough=.32, coat=.9, coat_rough=.2)
    white, silver = soft('#ffffff', rough=.36), metal('#e9eef5', .14)
    lathe([(0, 0), (.98, 0, .18), (1.06, .18, .14), (1.06, .82, .16), (.92, .94, .05), (.88, .94, .03), (.86, .74), (0, .74)], jar, 144)
    torus(.94, .018, silver, (0, 0, .93))

    def swirl(u, v):
        t = v ** .85
        a = u * TAU
        r = .84 * (1 - t) ** .62 * (1 + .10 * cos(5 * (a + 3.4 * t))) * (1 - .1 * sin(v * 16))
        lean = .14 * t ** 3
        return (r * cos(a) + lean, r * sin(a), .78 + .98 * t)
    add(grid_mesh(swirl, 160, 90), Mat('#fffaf2', rough=.38, coat=.4, coat_rough=.2), smooth=80)
    text('cloud', .34, satin('#24577e'), (0, -1.068, .52), bend=1.068)
    text('MOISTURISER', .105, satin('#24577e'), (0, -1.068, .27), bend=1.068, spacing=1.2)
    lid = group((1.0, -.62, .0), (0, radians(-72), radians(-36)))
    lathe([(0, 0), (1.0, 0, .05), (1.0, .26, .09), (0, .27)], silver, 144, (.97, 0, 0), parent=lid)
    lathe([(0, .27), (.8, .27, .01), (.8, .285, .01), (0, .285)], white, 144, (.97, 0, 0), parent=lid)


@product('rose-roller', pitch=8, yaw=-14)
def rose_roller():
    stone = Mat('#ff8fa8', rough=.14, coat=1).noise(2.1, [(.32, '#ff6f90'), (.5, '#ff9fb4'), (.57, '#ffe9ec'), (.62, '#ffa3b6'), (.8, '#f4819b')], detail=6, distort=1.6)
    brass = gold(.14)
    box((1.5, .95, .26), stone, (0, 0, .13), bev=.09)
    torus(.2, .035, brass, (0, 0, .27), scale=(1, 1, 1))
    g = group((0, 0, .16), (0, radians(10), 0))
    lathe([(0, .45), (.06, .45, .02), (.085, .6, .04), (.125, 1.0, .3), (.125, 1.5, .3), (.085, 1.95, .04), (.06, 2.1, .02), (0, 2.1)], stone, 64, parent=g)
    for z in (.56, 2.0):
        lathe([(0, 0), (.1, 0, .02), (.1, .1, .02), (0, .1)], brass, 48, (0, 0, z - .05), parent=g)
    w, top, axle = .66, 2.24, 2.72
    tube([(0, 0, 2.04), (0, 0, 2.14), (-.16, 0, 2.25), (-.52, 0, 2.3), (-w, 0, 2.42), (-w, 0, axle)], .038, brass, parent=g)
    tube([(0, 0, 2.04), (0, 0, 2.14), (.16, 0, 2.25), (.52, 0, 2.3), (w, 0, 2.42), (w, 0, axle)], .038, brass, parent=g)
    for s in (-1, 1):
        ball(.075, brass, (s * w, 0, axle), parent=g, segs=32)
        tube([(0, 0, .5), (0, 0, .42), (s * .14, 0, .36), (s * .34, 0, .33), (s * .36, 0, .2), (s * .36, 0, .08)], .03, brass, parent=g)
    prof = [(0, -.58), (.2, -.57, .14), (.31, -.2, .3), (.31, .2, .3), (.2, .57, .14), (0, .58)]
    lathe(prof, stone, 96, (0, 0, axle), (0, pi / 2, 0), g)
    lathe([(r * .62, z * .5) for r, z in soften(prof)], stone, 96, (0, 0, .14), (0, pi / 2, 0), g)


# ------------------------------------------------------------------ home


@product('sunset-mushroom-lamp', pitch=6, light=.75, bloom=-.5, yaw=0)
def sunset_lamp():
    dome = Mat('#ffb070', rough=.22, coat=1, emit='#ff7a2a', glow=1)
    dome.gradient(1.5, 2.7, [(0, '#ffd9a0'), (.3, '#ffa04a'), (.65, '#ff5a2a'), (1, '#d92a4a')], to=['Base Color', 'Emission'])
    dome.set('Emission Strength', 1.25)
    base, brass = soft('#fff1e2', coat=1, rough=.25), gold(.16)
    cap = [(0, 2.66)] + [(1.18 * sin(t), 1.72 + .94 * cos(t)) for t in [k * pi / 2 / 24 for k in range(1, 25)]]
    lathe(cap + [(1.2, 1.66), (1.17, 1.6), (1.08, 1.59), (.5, 1.66), (0, 1.68)], dome, 128, smooth=60)
    lathe([(0, 0), (.66, 0), (.70, .08, .05), (.50, .5, .3), (.27, 1.05, .3), (.25, 1.7), (0, 1.7)], base, 112)
    torus(.69, .04, brass, (0, 0, .06))
    torus(.275, .035, brass, (0, 0, 1.5))
    lathe([(0, 2.64), (.09, 2.64, .02), (.1, 2.72, .05), (0, 2.75)], brass, 48)
    ball(.075, brass, (.0, -.60, .36), segs=32)
    lamp_point((0, 0, 1.25), 30, '#ff9a50', .4)


@product('ripple-vase', pitch=7)
def ripple_vase():
    clay = Mat('#efc39a', rough=.62, spec=.4).gradient(0, 2, [(0, '#d9783f'), (1, '#f7c28e')]).bump(60, .12)

    def ripple(r, z, a):
        k = min(1, max(0, z / .15)) * min(1, max(0, (2.06 - z) / .25))
        return r * (1 + .055 * k * cos(22 * a + 2.6 * z)) if r > .2 else r
    prof = [(0, 0), (.5, 0, .05)] + [(.5 + .42 * sin(pi * min(1, t * 1.06)) ** 1.1 - .16 * t ** 2, 2.06 * t) for t in [k / 60 for k in range(1, 60)]]
    lathe(prof + [(.345, 2.06, .02), (.40, 2.1, .03), (.30, 2.1), (.30, 1.5), (0, 1.5)], clay, 330, modulate=ripple, rounds=4)
    for k, (dx, dy, h, col) in enumerate(((-.62, .1, 1.2, '#f7dcc0'), (.1, -.05, 1.55, '#ffe9d2'), (.66, .12, 1.05, '#f0c39c'))):
        stem = matte('#b58a5a')
        pts = [(0, 0, 1.3), (dx * .25, dy * .2, 2.05), (dx * .55, dy * .6, 2.1 + h * .42), (dx, dy, 2.1 + h * .78)]
        tube(pts, .022, stem)
        d = (Vector(pts[-1]) - Vector(pts[-2])).normalized()
        q = d.to_track_quat('Z', 'Y').to_euler()
        fluff = Mat(col, rough=.9, sheen=1, spec=.1)

        def fuzz(v, s=k):
            return 1 + RNG.uniform(-.07, .07)
        ball(.17, fluff, Vector(pts[-1]) + d * .22, q, scale=(1, 1, 2.05), segs=96, fn=fuzz)


@product('amber-candle', pitch=10, light=.85, bloom=-.5)
def amber_candle():
    amber = pane('#ffd390', .25)
    wax = Mat('#ffd99a', rough=.4, coat=.3, emit='#ff9430', glow=.1).gradient(.2, 1.5, [(0, '#c9781e'), (.5, '#f7b04a'), (1, '#ffe6b8')], to=['Base Color', 'Emission'])
    lathe([(0, 0), (.86, 0, .12), (.92, .14, .1), (.94, 1.98, .03), (.86, 1.98, .03), (.85, .2, .1), (0, .2)], amber, 144)
    lathe([(0, .205), (.845, .205, .1), (.852, 1.42, .02), (.8, 1.38), (0, 1.36)], wax, 128)
    tube([(0, 0, 1.3), (0, 0, 1.5), (.03, 0, 1.62)], .022, matte('#20140c'))
    flame = Mat('#000000', emit='#ffb347', glow=9).gradient(1.52, 2.2, [(0, '#ff7a1a'), (.35, '#ffc860'), (1, '#fff0c0')], to='Emission')
    lathe([(0, 1.54), (.06, 1.56), (.105, 1.68), (.10, 1.80), (.06, 1.98), (.02, 2.14), (0, 2.2)], flame, 48, smooth=80, rounds=1)
    lamp_point((0, 0, 1.8), 26, '#ff9d3c', .12)
    label(.932, .42, 1.22, 52, matte('#fff3dc'))
    ink = matte('#2a1a0c')
    text('amber', .36, ink, (0, -.945, .90), bend=.945)
    text('SANDALWOOD', .115, satin('#b5651d'), (0, -.945, .60), bend=.945, spacing=1.12)


@product('orbit-mirror', pitch=6, yaw=10)
def orbit_mirror():
    brass = gold(.15)
    stone = gloss('#eef0ff', rough=.25).noise(3, [(.4, '#e9ebff'), (.52, '#ffffff'), (.6, '#a9b3e6'), (.7, '#f3f4ff')], detail=6, distort=2)
    lathe([(0, 0), (.72, 0, .05), (.72, .16, .06), (0, .16)], stone, 128)
    lathe([(0, .16), (.2, .16, .02), (.16, .24, .03), (.05, .34, .05), (.05, .55), (0, .55)], brass, 64)
    torus(1.12, .045, brass, (0, 0, 1.62), (pi / 2, 0, 0))
    for s in (-1, 1):
        lathe([(0, 0), (.07, 0, .02), (.07, .14, .02), (0, .14)], brass, 40, (s * 1.06, 0, 1.62), (0, s * -pi / 2, 0))
    g = group((0, 0, 1.62), (radians(-7), 0, radians(-8)))
    sky = Mat('#c9d4ff', rough=.04, metal=1, emit='#ffffff', glow=.5)
    sky.gradient(-.9, .95, [(0, '#2a2f7a'), (.35, '#5a6ae0'), (.62, '#aebcff'), (.85, '#ffd9e6'), (1, '#fff2e0')], to='Emission', axis=1)
    lathe([(0, 0), (.93, 0, .02), (.93, .03, .02), (0, .03)], sky, 160, (0, -.02, 0), (pi / 2, 0, 0), g)
    torus(.945, .055, brass, (0, -.01, 0), (pi / 2, 0, 0), g)
    lathe([(0, 0), (.94, 0, .05), (.9, .06, .03), (0, .06)], satin('#2b2e55'), 128, (0, .06, 0), (-pi / 2, 0, 0), g)
    ball(.13, stone, (.0, 0, 2.86), segs=48)


# ------------------------------------------------------------------ tech


@product('halo-headphones', pitch=7, yaw=32, swing=24)
def halo_headphones():
    shell, pad = gloss('#6a55ff', rough=.24), Mat('#1d1836', rough=.62, sheen=.6)
    steel, glow = metal('#e6e8f5', .13), glowing('#9d8cff', 4)
    W, cz = .98, .74

    def band(r, z):
        return [(r * cos(radians(a)), 0, z + r * 1.16 * sin(radians(a))) for a in range(-4, 185, 4)]
    b = tube(band(W, 1.48), .085, shell, scale=(1, 2.1, 1), smooth=0)
    inner = [(W * .89 * cos(radians(a)), 0, 1.50 + W * .89 * 1.15 * sin(radians(a))) for a in range(28, 153, 4)]
    tube(inner, .085, pad, scale=(1, 2.2, 1), smooth=0, taper=lambda t: min(1, .35 + 6 * min(t, 1 - t)))
    for s in (-1, 1):
        box((.10, .17, .62), steel, (s * W, 0, 1.30), bev=.045)
        g = group((s * (W - .02), 0, cz), (0, s * pi / 2, 0), scale=(1, .86, 1))
        lathe([(0, -.06), (.66, -.06, .03), (.72, .03, .08), (.70, .22, .12), (.52, .36, .1), (.36, .37, .03), (.34, .34), (0, .34)], shell, 128, parent=g)
        torus(.43, .028, glow, (0, 0, .372), parent=g)
        lathe([(0, .35), (.30, .355), (.32, .39, .04), (0, .41)], steel, 96, parent=g)
        torus(.48, .2, pad, (0, 0, -.17), parent=g, scale=(1, 1, .86))
        lathe([(0, -.1), (.4, -.1), (.4, -.07), (0, -.07)], matte('#0d0b1a'), 64, parent=g)


@product('pebble-speaker', pitch=20, yaw=-12)
def pebble_speaker():
    cloth = Mat('#ff5346', rough=.8, sheen=.7, spec=.25).bump(70, 1, 'voronoi', .05)
    top = satin('#2a1412', rough=.38, coat=.6)
    glow = glowing('#ff8a6a', 5)

    def body(u, v):
        a, b = u * TAU, (v - .5) * pi
        cx, cz = math.copysign(abs(cos(b)) ** .72, cos(b)), math.copysign(abs(sin(b)) ** .8, sin(b))
        z = .74 + (.82 if cz > 0 else .74) * cz
        return (1.22 * cx * cos(a), 1.02 * cx * sin(a), z)
    add(grid_mesh(body, 160, 100), cloth, smooth=80)
    lathe([(0, 0), (.8, 0, .05), (.86, .07, .03), (0, .07)], top, 96)
    g = group((0, 0, 1.50), (0, 0, 0), scale=(1.10, .92, 1))
    torus(.62, .045, glow, (0, 0, .085), parent=g)
    lathe([(0, 0), (.60, 0), (.60, .09, .04), (.5, .12, .05), (0, .10)], top, 128, parent=g)
    w = satin('#fff2ee')
    box((.20, .045, .03), w, (.27, 0, .125), bev=.012, parent=g)
    box((.20, .045, .03), w, (-.27, 0, .125), bev=.012, parent=g)
    box((.045, .20, .03), w, (.27, 0, .125), bev=.012, parent=g)
    prism([(-.07, -.09), (-.07, .09), (.1, 0)], .03, w, (0, 0, .11), parent=g, bev=.008, flat=True)
    text('pebble', .2, satin('#ffe9e2'), (0, -1.03, .62), bend=1.1)
    torus(1.0, .03, glow, (0, 0, .06), scale=(1.02, .86, 1))


@product('snap-charger', pitch=9, yaw=-22)
def snap_charger():
    alu = metal('#dfe3e6', .24)
    dark, glow = satin('#1b2014', rough=.35, coat=.8), glowing('#b6ff3f', 4.5)
    lathe([(0, 0), (.82, 0, .05), (.82, .12, .05), (.7, .15, .04), (0, .15)], alu, 144, (0, .1, 0))
    lathe([(0, .15), (.55, .15), (.55, .165, .01), (0, .165)], dark, 96, (0, .1, 0))
    arm = [(0, .52, .1), (0, .58, .5), (0, .46, 1.0), (0, .18, 1.5), (0, .02, 1.72)]
    tube(arm, .065, alu, scale=(2.4, 1, 1), smooth=16)
    g = group((0, -.12, 1.78), (radians(90 - 16), 0, 0))
    lathe([(0, -.2), (.30, -.2, .03), (.30, -.06), (0, -.06)], alu, 96, parent=g)
    lathe([(0, -.06), (.80, -.06, .05), (.86, .0, .06), (.86, .10, .05), (.78, .13, .03), (0, .13)], alu, 160, parent=g)
    torus(.70, .04, glow, (0, 0, .128), parent=g)
    lathe([(0, .12), (.66, .12), (.655, .15, .02), (0, .155)], dark, 128, parent=g)
    bolt = [(.06, .36), (-.20, -.04), (-.03, -.04), (-.08, -.36), (.20, .06), (.03, .06)]
    prism(bolt, .03, glowing('#c9ff6a', 2.6), (0, 0, .15), parent=g, bev=.006, flat=True)


@product('pocket-camera', pitch=10, yaw=-20)
def pocket_camera():
    cream, dark = satin('#fff0d2', rough=.36, coat=.6), satin('#1c1917', rough=.35, coat=.7)
    chrome = metal('#e9e9ee', .14)
    box((2.3, 1.0, 1.62), cream, (0, 0, 1.02), bev=.24, segs=10)
    box((2.36, 1.12, .42), dark, (0, 0, .23), bev=.14, segs=8)
    box((1.7, .06, .05), matte('#050505'), (0, -.56, .28), bev=.02)
    for k, c in enumerate(('#ff3b4e', '#ff8a1f', '#ffd23f', '#38c172', '#2f7bff')):
        x = -.30 + k * .15
        q = [(-.507, .40), (-.507, 1.58), (-.49, 1.68), (-.43, 1.78), (-.33, 1.83), (-.26, 1.838), (.3, 1.838)]
        me = grid_mesh(lambda u, v: (x - .075 + .15 * u, *q[round(v * (len(q) - 1))]), 1, len(q), wrap_u=False)
        add(me, satin(c, coat=.8), smooth=60)
    g = group((0, -.49, 1.2), (pi / 2, 0, 0), scale=(.84, .84, 1))
    lathe([(0, 0), (.62, 0, .02), (.62, .12, .04), (.56, .16, .03), (.56, .30, .05), (.47, .32, .02), (.42, .2), (0, .2)], dark, 128, parent=g)
    torus(.57, .03, chrome, (0, 0, .14), parent=g)
    torus(.475, .022, metal('#ffd84d', .25), (0, 0, .315), parent=g)
    lathe([(0, .2), (.40, .2), (.34, .235, .02), (.2, .25), (0, .26)], matte('#0a0a12'), 96, parent=g)
    lens = Mat('#16204a', rough=.03, coat=1, spec=1).gradient(-.36, .36, [(0, '#4a1d7a'), (.5, '#10183f'), (1, '#1f6aa8')], axis=1)
    lathe([(.36, .22), (.3, .275), (.2, .315), (.1, .335), (0, .34)][::-1], lens, 96, parent=g, smooth=80)
    box((.52, .1, .34), dark, (-.74, -.47, 1.56), bev=.06)
    box((.36, .03, .2), Mat('#bcd8ff', rough=.06, coat=1, emit='#6fa8ff', glow=.12), (-.74, -.525, 1.56), bev=.03)
    box((.44, .1, .34), chrome, (.78, -.47, 1.56), bev=.06)
    box((.34, .03, .24), Mat('#fffbe8', rough=.2, emit='#fff3cf', glow=.5), (.78, -.525, 1.56), bev=.03).data.materials[0]
    lathe([(0, 0), (.15, 0, .02), (.15, .05, .02), (0, .05)], chrome, 64, (.78, -.49, 1.02), (pi / 2, 0, 0))
    lathe([(0, .03), (.11, .03), (.11, .11, .05), (0, .12)], gloss('#ff3b3b'), 64, (.78, -.49, 1.02), (pi / 2, 0, 0))
    paper = satin('#ffffff')
    box((1.2, .03, 1.05), paper, (0, .16, 2.14), (radians(-5), 0, 0), bev=.012, segs=2)
    pic = Mat('#ffffff', rough=.25, coat=.5).gradient(-.4, .4, [(0, '#5b2a86'), (.35, '#ff5a6e'), (.6, '#ffb35a'), (1, '#ffe9a8')])
    box((1.0, .02, .72), pic, (0, .128, 2.24), (radians(-5), 0, 0), bev=.006, segs=1)
    lathe([(0, 0), (.14, 0), (0, .02)], Mat('#fff3cf', emit='#fff3cf', glow=.8), 48, (.16, .115, 2.22), (radians(85), 0, 0))


# ------------------------------------------------------------------ pets


@product('cat-fountain', pitch=16)
def cat_fountain():
    white = satin('#fbfdff', rough=.3, coat=.7)
    water = Mat('#7fdcff', rough=.03, trans=.5, ior=1.33, coat=1, emit='#2fc6ff', glow=.18).bump(9, .35, 'noise', .05)
    lathe([(0, 0), (.92, 0, .1), (1.02, .12, .12), (1.16, .98, .14), (1.12, 1.1, .06), (1.02, 1.1, .04), (.98, .98), (0, .98)], white, 160)
    lathe([(0, 1.03), (1.0, 1.03), (0, 1.031)], water, 128)
    torus(1.04, .02, glowing('#38d6ff', 3), (0, 0, .2), scale=(1, 1, 1))
    slot = Mat('#bdf0ff', rough=.1, coat=1, emit='#27c3ff', glow=.9)
    s = prism(rounded_rect(.2, .56, .1), .1, slot, (0, -1.08, .6), (radians(8), 0, 0), bev=.03)
    ear = satin('#e9f6fb', coat=.5)
    petal = soft('#ffd23f', coat=.6, rough=.3).gradient(.0, .62, [(0, '#ff9d2e'), (.45, '#ffe14f'), (1, '#fff3a6')], axis=0)
    g = group((0, 0, 1.0), scale=1.3)
    lathe([(0, 0), (.16, 0), (.11, .18, .06), (.10, .42), (0, .42)], satin('#58c977'), 64, parent=g)
    for k in range(8):
        a = TAU * k / 8

        def leaf(u, v):
            w = .25 * sin(pi * min(1, .06 + .94 * v) ** .8) ** .8
            x = .1 + .56 * v
            y = (u - .5) * 2 * w
            return (x, y, .40 + .30 * v ** 1.6 - .12 * v ** 4 + 1.1 * y * y)
        o = add(grid_mesh(leaf, 16, 20, wrap_u=False), petal, rot=(0, 0, a), parent=g, smooth=80)
        modify(o, 'SOLIDIFY', thickness=.045)
        modify(o, 'SUBSURF', levels=1, render_levels=1)
    ball(.2, gloss('#ff8a2a', rough=.25), (0, 0, .46), parent=g, scale=(1, 1, .7))
    stream = Mat('#dff7ff', rough=.02, trans=.75, ior=1.2, emit='#8be6ff', glow=.22)
    for k in range(4):
        a = TAU * (k + .5) / 4
        c, d = cos(a), sin(a)
        tube([(c * .14, d * .14, .56), (c * .34, d * .34, .68), (c * .54, d * .54, .60), (c * .66, d * .66, .34), (c * .67, d * .67, .02)], .036, stream, parent=g, taper=lambda t: .7 + .5 * t)
        torus(.11, .018, stream, (c * .67, d * .67, .02), parent=g)


@product('treat-ball', pitch=12, yaw=12)
def treat_ball():
    violet, mint = satin('#9a4dff', rough=.3, coat=.8), satin('#ffd35c', rough=.3, coat=.8)
    R = 1.0
    g = group((-.1, 0, R), (radians(14), radians(-18), 0))

    def half(m, up):
        s = 1 if up else -1
        pts = [(R * cos(t), s * (.035 + (R - .035) * sin(t))) for t in [k * pi / 2 / 40 for k in range(41)]]
        inn = [(r * .86, s * (.035 + (abs(z) - .035) * .86)) for r, z in pts][::-1]
        o = lathe(pts + inn + [pts[0]], m, 128, parent=g, rounds=1)
        cs = []
        for el, n, off, rr in ((34, 5, 0, .2), (90, 1, 0, .2)):
            for k in range(n):
                a, b = TAU * (k + off) / n + (.55 if up else 0.1) - pi / 2, radians(el)
                d = Vector((cos(a) * cos(b), sin(a) * cos(b), s * sin(b)))
                cs.append(lathe([(0, .6), (rr, .6), (rr, 1.2), (0, 1.2)], None, 48, rot=d.to_track_quat('Z', 'Y').to_euler(), parent=g))
                torus(rr + .012, .03, m, d * math.sqrt(R * R - rr * rr) * .99, d.to_track_quat('Z', 'Y').to_euler(), g)
        cut(o, cs)
    half(violet, True)
    half(mint, False)
    torus(R * .985, .03, satin('#fff5e6'), parent=g)
    ball(R * .8, matte('#2a1245'), parent=g)
    bis = Mat('#e0a05a', rough=.75).noise(9, [(.3, '#c97f38'), (.7, '#efbd7b')]).bump(30, .3)

    def bone(w=.5, r=.15):
        out = []
        for cx, cy, a0, a1 in ((w / 2, .1, -20, 160), (-w / 2, .1, 20, 200), (-w / 2, -.1, 160, 340), (w / 2, -.1, 200, 380)):
            n = 14
            out += [(cx + r * cos(radians(a0 + (a1 - a0) * k / n)), cy + r * sin(radians(a0 + (a1 - a0) * k / n))) for k in range(n + 1)]
        return out
    prism(bone(), .17, bis, (.92, -.62, 0), (0, 0, radians(24)), bev=.06, flat=True)
    prism(bone(), .17, bis, (-.72, -.88, 0), (0, 0, radians(-38)), bev=.06, flat=True)
    prism(bone(), .17, bis, (.98, -.50, .29), (radians(-52), 0, radians(-18)), bev=.06, flat=True)


@product('donut-bed', pitch=36)
def donut_bed():
    def fur(c, tip):
        return Mat(c, rough=.95, sheen=1, spec=.08).noise(26, [(.3, c), (.7, tip)], detail=4).bump(55, .8, 'noise', .05, detail=5)
    pink, cream = fur('#ff9db6', '#ffd9e2'), fur('#ffe6ea', '#fffafa')

    def lump(R, r, squash, n=9, depth=.05):
        def at(u, v):
            a, b = u * TAU, v * TAU
            k = 1 + depth * abs(sin(n * a / 2)) - depth
            fuzz = 1 + RNG.uniform(-.022, .022)
            rr = r * k * fuzz
            return ((R + rr * cos(b)) * cos(a), (R + rr * cos(b)) * sin(a), squash * rr * sin(b))
        return at
    ring = add(grid_mesh(lump(1.0, .44, .9, 10, .12), 420, 150, wrap_v=True), pink, (0, 0, .40), smooth=80)

    def pillow(u, v):
        a, r = u * TAU, .92 * v
        return (r * cos(a), r * sin(a), .20 + .16 * (1 - v ** 2.4) + RNG.uniform(-.006, .006) - .07 * math.exp(-(r / .14) ** 2))
    add(grid_mesh(pillow, 200, 70), cream, smooth=80)
    fluffy(ring, 60000, .05, pink)
    bone = satin('#fff6f0')
    g = group((.25, -.14, .42), (radians(-8), 0, radians(28)), scale=.8)
    lathe([(0, -.26), (.075, -.26), (.065, 0, .2), (.075, .26), (0, .26)], bone, 48, rot=(0, pi / 2, 0), parent=g)
    for x in (-.3, .3):
        for y in (-.09, .09):
            ball(.115, bone, (x, y, 0), parent=g, segs=40)


def fluffy(o, count, length, m):
    """Short fur on a mesh."""
    ps = o.modifiers.new('fur', 'PARTICLE_SYSTEM').particle_system
    st = ps.settings
    st.type, st.count, st.hair_length, st.hair_step = 'HAIR', count, length, 3
    st.use_advanced_hair = True
    st.brownian_factor, st.tangent_factor = .02, .01
    st.root_radius, st.tip_radius, st.radius_scale = .9, .3, .010
    st.render_step, st.display_step = 3, 2
    st.material = 1


@product('slow-bowl', pitch=42)
def slow_bowl():
    mint, inner = gloss('#25b877', rough=.28), gloss('#c4ffe2', rough=.3)
    lathe([(0, 0), (1.06, 0, .05), (1.22, .06, .06), (1.16, .52, .12), (1.08, .58, .06), (1.0, .56, .06), (.92, .16, .12), (0, .16)], mint, 160)
    torus(1.19, .03, satin('#16392a'), (0, 0, .05))
    pts = []
    for k in range(150):
        t = k / 149
        a = 2.35 * TAU * t + .6
        r = .12 + .74 * t
        pts.append((r * cos(a), r * sin(a), .30 + .05 * sin(pi * t)))
    c = tube(pts, .055, inner, smooth=0, extrude=.10)
    tube([(x, y, .14) for x, y, z in pts], .075, inner, smooth=0)
    kib = Mat('#b5713a', rough=.75).bump(20, .4)
    kib2 = Mat('#d9a05a', rough=.75).bump(20, .4)
    for k in range(46):
        t = RNG.uniform(.12, .98)
        a = 2.35 * TAU * t + .6 + RNG.uniform(.9, pi * 1.05) * (1 if t < .6 else .8)
        r = min(.84, .12 + .74 * t + .157 * (.5 + RNG.uniform(-.2, .2)) * 2)
        a = 2.35 * TAU * t + .6
        r = .12 + .74 * t + .157
        if r > .86:
            continue
        ball(.062, RNG.choice((kib, kib2)), (r * cos(a), r * sin(a), .20), (RNG.uniform(0, 3), 0, RNG.uniform(0, 3)), segs=20, scale=(1, 1, .7))


# ------------------------------------------------------------------ kitchen


@product('mini-blender', pitch=8, yaw=-10)
def mini_blender():
    white, green = satin('#f7fff0', rough=.3, coat=.7), Mat('#63e03a', rough=.22, coat=1, emit='#3fae1f', glow=.12)
    green.noise(5, [(.35, '#3fbf24'), (.55, '#7bf04f'), (.75, '#b8ff8a')], detail=5)
    lathe([(0, 0), (.66, 0, .1), (.72, .12, .1), (.66, .98, .1), (.58, 1.08, .05), (0, 1.08)], white, 128)
    lathe([(.50, 1.06), (.6, 1.08, .02), (.6, 1.2, .03), (.5, 1.22)], metal('#dfe6da', .2), 128)
    cup = pane('#f6fff2', .25)
    lathe([(.56, 1.2, .03), (.60, 1.28, .04), (.70, 2.5, .03), (.66, 2.5, .02), (.66, 2.3)], cup, 128)
    lathe([(0, 1.23), (.5, 1.23, .04), (.56, 1.3), (.645, 2.24, .02), (.6, 2.28), (0, 2.24)], green, 128)
    for k in range(7):
        a = -pi / 2 + RNG.uniform(-1.3, 1.3)
        z = RNG.uniform(2.02, 2.2)
        ball(RNG.uniform(.02, .035), gloss('#dcffc4'), (.63 * cos(a), .63 * sin(a), z), segs=20)
    lathe([(0, 2.5), (.72, 2.5, .03), (.74, 2.56, .04), (.72, 2.80, .1), (0, 2.84)], white, 128)
    tube([(-.42, 0, 2.8), (-.42, 0, 3.04), (-.22, 0, 3.2), (.22, 0, 3.2), (.42, 0, 3.04), (.42, 0, 2.8)], .055, satin('#58d838', coat=.7), scale=(1, 1.7, 1))
    g = group((0, -.69, .58), (radians(93), 0, 0))
    lathe([(0, 0), (.2, 0), (.2, .03, .02), (0, .03)], satin('#e9f5e2'), 96, parent=g)
    torus(.2, .02, glowing('#7dff5a', 4), (0, 0, .02), parent=g)
    tube([(.085 * sin(radians(a)), .085 * cos(radians(a)), .035) for a in range(40, 325, 15)], .014, matte('#1c2a16'), parent=g)
    tube([(0, .04, .035), (0, .12, .035)], .014, matte('#1c2a16'), parent=g, smooth=0)
    red = Mat('#ff2f45', rough=.3, coat=.8).bump(38, .5, 'voronoi', .02)

    def berry(loc, rot, s):
        g = group(loc, rot, scale=s)
        lathe([(0, -.3), (.1, -.24, .08), (.24, .02, .12), (.2, .18, .1), (0, .2)], red, 64, parent=g)
        for k in range(6):
            a = TAU * k / 6
            ball(.1, satin('#3fae2f'), (.1 * cos(a), .1 * sin(a), .2), (0, .3, a), g, (1.3, .5, .22), 20)
    berry((.98, -.42, .2), (radians(70), radians(20), radians(40)), 1.0)
    berry((.80, -.86, .17), (radians(95), 0, radians(-30)), .85)


@product('moka-pot', pitch=9, yaw=-12)
def moka_pot():
    red, steel, black = Mat('#c90f1e', rough=.22, metal=.5, coat=1), metal('#eef0f4', .14), gloss('#141214', rough=.3)

    def oct(prof, m):
        o = lathe(prof, m, 8, rot=(0, 0, pi / 8), smooth=20, rounds=5)
        return modify(o, 'BEVEL', width=.022, segments=3, limit_method='ANGLE', angle_limit=radians(30))
    oct([(0, 0), (.86, 0, .06), (.88, .06, .04), (.70, 1.02, .04), (.62, 1.06), (0, 1.06)], red)
    lathe([(0, 1.02), (.66, 1.02, .02), (.68, 1.06, .03), (.68, 1.18, .03), (0, 1.2)], steel, 128)
    oct([(0, 1.18), (.60, 1.18, .03), (.58, 1.26, .05), (.80, 2.2, .03), (.76, 2.24), (0, 2.24)], red)
    oct([(0, 2.22), (.80, 2.22, .02), (.80, 2.28, .03), (.2, 2.52, .06), (0, 2.53)], red)
    lathe([(0, 2.5), (.07, 2.5), (.07, 2.58), (.15, 2.68, .08), (.13, 2.82, .08), (0, 2.86)], black, 48)
    spout = [(-.98, 0, 2.22), (-.66, .24, 2.2), (-.66, -.24, 2.2), (-.58, 0, 1.5)]
    bm = bmesh.new()
    v = [bm.verts.new(p) for p in spout]
    for f in ((0, 1, 2), (0, 3, 1), (0, 2, 3), (1, 3, 2)):
        bm.faces.new([v[k] for k in f])
    o = add(mesh_of(bm), red, smooth=20)
    modify(o, 'BEVEL', width=.03, segments=4)
    tube([(.70, 0, 2.12), (.96, 0, 2.16), (1.22, 0, 2.05), (1.26, 0, 1.8), (1.16, 0, 1.35), (1.1, 0, 1.05)], .085, black, scale=(1, 1.3, 1), smooth=14)
    lathe([(0, 0), (.1, 0), (.1, .04, .02), (0, .05)], steel, 48, (.02, -.82, .5), (radians(82), 0, 0))
    lathe([(0, .04), (.05, .04), (.05, .12, .02), (0, .12)], gold(), 32, (.02, -.82, .5), (radians(82), 0, 0))


@product('stack-bento', pitch=16, yaw=-24)
def stack_bento():
    wood = Mat('#d9a066', rough=.42, coat=.4).noise(2.2, [(.3, '#b97a3e'), (.48, '#dca466'), (.6, '#c98d4e'), (.75, '#efc990')], stretch=(.35, 5, 5), detail=5, distort=.6)
    coral, cream = satin('#ff8a5c', coat=.5), satin('#fff1e0', coat=.5)
    w, d = 2.3, 1.5
    slab(w, d, .72, .34, coral, (0, 0, 0), bev=.07)
    slab(w - .06, d - .06, .06, .32, matte('#7a2f1b'), (0, 0, .70), bev=.01)
    slab(w, d, .62, .34, cream, (0, 0, .75), bev=.07)
    slab(w - .06, d - .06, .06, .32, matte('#8a6a50'), (0, 0, 1.35), bev=.01)
    slab(w + .04, d + .04, .2, .36, wood, (0, 0, 1.40), bev=.07)
    band = matte('#2a2430', rough=.85)
    x = -.62
    y, t = d / 2 + .03, 1.63
    q = soften([(-y, -.01), (-y, t, .12), (y, t, .12), (y, -.01)])
    for k in range(-4, 5):
        tube([(x + k * .028, a, b) for a, b in q], .022, band, smooth=0)
    lathe([(0, 0), (.13, 0, .02), (.13, .03, .01), (0, .035)], gold(.25), 48, (x, -y - .02, 1.05), (pi / 2, 0, 0))
    for k, dy in ((0, -.08), (1, .1)):
        tube([(-1.18, dy + .1 * k, 1.72), (1.28, dy - .06, 1.69)], .048, satin('#8f1f2e', coat=.8), smooth=0, taper=lambda t: 1 - .45 * t)
    text('bento', .3, satin('#a8472a'), (.42, -d / 2 - .004, 1.06))


@product('swirl-tumbler', pitch=7, yaw=-20)
def swirl_tumbler():
    lilac = Mat('#c59bff', rough=.26, coat=.9).wave(.62, [(0, '#8a5cf0'), (.3, '#c9a2ff'), (.5, '#fbeaff'), (.66, '#ffb3e6'), (.85, '#a97bff'), (1, '#7e9bff')],
                                                    distort=9, dscale=.75, detail=3, rot=(.4, .5, 0), stretch=(1, 1, .8))
    steel, clear = metal('#eae6f2', .18), glass('#f3eaff', .03, 1.3)
    lathe([(0, 0), (.50, 0, .05), (.54, .06, .05), (.58, .9, .06), (.72, 1.12, .12), (.78, 2.5, .02), (.74, 2.52), (0, 2.52)], lilac, 144)
    lathe([(.70, 2.48), (.80, 2.5, .02), (.80, 2.58, .02), (.7, 2.6), (0, 2.6)], steel, 128)
    lid = Mat('#efe2ff', rough=.12, coat=1, trans=.3)
    lathe([(0, 2.6), (.77, 2.6, .02), (.74, 2.78, .06), (.5, 2.84, .03), (0, 2.84)], lid, 128)
    lathe([(0, 2.82), (.2, 2.82), (.2, 2.9, .03), (0, 2.9)], satin('#b48cff'), 64, (.1, .0, 0))
    tube([(.1, 0, 2.6), (.14, 0, 3.1), (.2, 0, 3.62)], .075, Mat('#ffd9f4', rough=.15, coat=1), smooth=6)
    h = satin('#b48cff', coat=.6)
    tube([(.70, 0, 2.30), (.98, 0, 2.34), (1.2, 0, 2.2), (1.22, 0, 1.9), (1.16, 0, 1.5), (1.02, 0, 1.28), (.68, 0, 1.24)], .085, h, scale=(1, 1.6, 1), smooth=14)
    lathe([(0, -.02), (.52, -.02, .04), (.555, .04, .04), (.558, .16, .02), (.5, .17)], satin('#7b55d6'), 128)


# ------------------------------------------------------------------ sports


@product('flow-kettlebell', pitch=8, yaw=-12)
def flow_kettlebell():
    iron = Mat('#3a3d46', rough=.55, coat=.25, coat_rough=.3).bump(90, .12)
    band = satin('#ff8a1f', rough=.3, coat=.8)
    R, cz = 1.0, .93
    prof = [(0, 0), (.58, 0, .06)] + [(R * cos(t), cz + R * sin(t)) for t in [radians(-62 + 152 * k / 60) for k in range(60)]] + [(0, cz + R)]
    lathe(prof, iron, 160, smooth=60)
    hoop = [(.50, 0, 1.62), (.58, 0, 1.86), (.66, 0, 2.2), (.60, 0, 2.46), (.36, 0, 2.6), (0, 0, 2.63), (-.36, 0, 2.6), (-.60, 0, 2.46), (-.66, 0, 2.2), (-.58, 0, 1.86), (-.50, 0, 1.62)]
    tube(hoop, .155, iron, smooth=14, taper=lambda t: 1 + .35 * (abs(t - .5) * 2) ** 5)
    for s in (-1, 1):
        a = Vector((s * .61, 0, 1.93))
        q = Vector((s * .09, 0, .34)).to_track_quat('Z', 'Y').to_euler()
        lathe([(0, -.09), (.185, -.09, .02), (.19, .09, .02), (0, .09)], band, 64, a, q)
    lathe([(.87, cz - .52), (1.0, cz - .24, .02), (1.02, cz - .2), (.99, cz - .18)], band, 160)
    lathe([(R * cos(t) * 1.012, cz + R * sin(t) * 1.012) for t in [radians(-35 + 22 * k / 16) for k in range(17)]], band, 160)
    white = satin('#fff4e8')
    text('8', .62, white, (0, -1.008, cz + .30), ball_r=1.008)
    text('KG', .2, white, (0, -1.008, cz - .05), ball_r=1.008, spacing=1.2)


@product('grid-roller', pitch=13, yaw=-8)
def grid_roller():
    blue, deep = satin('#3f8bff', rough=.48, coat=.3), satin('#1d4fc4', rough=.5, coat=.25)
    R, H = .80, 2.6
    lathe([(.60, 0, .05), (R - .05, 0, .05), (R - .05, H, .05), (.60, H, .05), (.60, 0)], deep, 144)
    ring = satin('#ff7a2f', coat=.7)
    lathe([(.50, .03), (.58, .0, .03), (.62, .03), (.62, H - .03), (.58, H + .01, .04), (.50, H - .03), (.50, .03)], ring, 128)
    lathe([(0, .4), (.5, .4)], matte('#0b1530'), 64)
    n = 18
    for k in range(n):
        a = TAU * k / n
        lane = k % 3
        rows = {0: [H - .16], 1: [(H - .16) / 8] * 8, 2: [(H - .16) / 4] * 4}[lane]
        z = .08
        for h in rows:
            w = .215 if lane != 1 else .19
            box((w, .17, h - .055), blue, (R * cos(a), R * sin(a), z + h / 2), (0, 0, a + pi / 2), bev=.035, segs=3)
            z += h


@product('smash-paddle', pitch=7, yaw=-22)
def smash_paddle():
    face = Mat('#101418', rough=.42, coat=.4).gradient(-1.0, 1.0, [(0, '#0c1014'), (.45, '#141a1c'), (1, '#1d2426')], axis=1)
    lime, black = satin('#e6ff3f', coat=.8), matte('#141414')
    g = group((-.25, .1, .12), (radians(-6), radians(-7), 0))

    def shape(w, h, k=1.0):
        base = rounded_rect(w, h, .42 * k)
        return [(x * (1 if y > -h * .15 else 1 - .16 * ((-y - h * .15) / (h * .35)) ** 2), y) for x, y in base]
    prism(shape(1.72, 2.0), .15, lime, (0, 0, 1.98), parent=g, bev=.07)
    prism(shape(1.60, 1.88, .95), .165, face, (0, 0, 1.98), parent=g, bev=.008)
    acc = satin('#e6ff3f', coat=.6)
    for k, (x, w) in enumerate(((-.50, .20), (-.24, .12), (-.06, .07))):
        prism([(x + .15, -.30), (x + w + .15, -.30), (x + w + .62, .78), (x + .62, .78)], .012, acc, (-.02, -.086, 1.98), parent=g, bev=.002)
    text('SMASH', .34, satin('#ffffff'), (0, -.098, 1.42), parent=g, spacing=1.04)
    prism([(-.2, -.16), (.2, -.16), (.33, .16), (-.33, .16)], .15, lime, (0, 0, .98), parent=g, bev=.05)
    lathe([(0, 0), (.16, 0, .04), (.135, .1, .03), (.13, .92), (0, .92)], black, 64, parent=g, scale=(1.1, .85, 1))
    tube([(.15 * cos(t) * 1.1, .15 * sin(t) * .85, .1 + .76 * t / (7 * TAU)) for t in [k * TAU / 20 for k in range(141)]], .022, matte('#2c2f2c'), parent=g, smooth=0)
    lathe([(0, -.03), (.19, -.03, .03), (.19, .07, .03), (0, .07)], lime, 64, parent=g, scale=(1.1, .85, 1))
    slab(.72, .62, .22, .16, satin('#1b1f14', coat=.6), (-.25, .1, -.02), bev=.05)
    R = .40
    bg = group((.88, -.52, R - .02), (.3, .2, .4))
    bm = ball(R, satin('#e9ff4a', coat=.7), parent=bg, segs=72)
    hole = matte('#1a2205')
    n = 32
    for k in range(n):
        z = 1 - 2 * (k + .5) / n
        a = k * pi * (3 - math.sqrt(5))
        d = Vector((math.sqrt(1 - z * z) * cos(a), math.sqrt(1 - z * z) * sin(a), z))
        q = d.to_track_quat('Z', 'Y').to_euler()
        lathe([(0, .002), (.055, -.0015), (.062, -.004)], hole, 32, d * (R - .0005), q, bg)
        torus(.061, .007, satin('#c6dd25'), d * (R - .004), q, bg, segs=32, rings=8)


@product('hydro-bottle', pitch=7, yaw=-12)
def hydro_bottle():
    steel = Mat('#dfe6ea', rough=.3, metal=1, aniso=.5).noise(3, [(.35, .22), (.65, .42)], to='Roughness', stretch=(1, 1, 60), detail=4)
    cyan = Mat('#12c8ee', rough=.34, coat=.5).gradient(0, 1.5, [(0, '#0a7bff'), (1, '#27e8ff')])
    lathe([(0, 0), (.56, 0, .06), (.60, .08, .06), (.60, 1.42, .0), (.60, 2.0, .34), (.34, 2.34, .12), (.34, 2.46), (0, 2.46)], steel, 144)
    lathe([(0, -.01), (.57, -.01, .06), (.612, .07, .05), (.612, 1.40, .01), (.6, 1.41)], cyan, 144)
    black = satin('#15191d', rough=.38, coat=.5)
    lathe([(0, 2.44), (.38, 2.44, .02), (.40, 2.48, .03), (.40, 2.76, .05), (0, 2.80)], black, 112)
    torus(.402, .012, glowing('#27e0ff', 1.6), (0, 0, 2.47))
    tube([(-.30, 0, 2.72), (-.33, 0, 2.98), (-.2, 0, 3.16), (0, 0, 3.2), (.2, 0, 3.16), (.33, 0, 2.98), (.30, 0, 2.72)], .065, black, scale=(1, 2, 1))
    text('hydro', .62, satin('#ffffff'), (0, -.618, .72), bend=.618, roll=pi / 2)


# ------------------------------------------------------------------ toys


def relax(path, times):
    """Round the sharp places of a closed outline."""
    for _ in range(times):
        path = [tuple((path[k - 1][i] + 2 * path[k][i] + path[(k + 1) % len(path)][i]) / 4 for i in (0, 1)) for k in range(len(path))]
    return path


@product('stacking-rainbow', pitch=9, yaw=-20)
def stacking_rainbow():
    cols = ['#ff3d57', '#ff8a2b', '#ffd23f', '#3ccf7a', '#2f9bff', '#8b5cff', '#ff6fd0']
    t, r = .235, 1.86
    for k, c in enumerate(cols):
        ro, ri = r - k * .245, r - k * .245 - t + .018
        arch = [(ro * cos(radians(a)), ro * sin(radians(a))) for a in range(0, 181, 3)] + [(ri * cos(radians(a)), ri * sin(radians(a))) for a in range(180, -1, -3)]
        wood = Mat(c, rough=.42, coat=.35, coat_rough=.2).bump(6, .15, 'noise', .03, (1, 8, 1))
        dy = {5: -.22, 6: -.52}.get(k, 0)
        prism(arch, .86, wood, (0, dy, .0), bev=.035)
    box((.36, .36, .36), satin('#ffd23f'), (1.42, -.86, .18), (0, 0, .5), bev=.05)
    ball(.2, satin('#3ccf7a', coat=.6), (-1.36, -.86, .2))


@product('bubble-pop', pitch=8, yaw=-14)
def bubble_pop():
    def heart(s, n=90):
        out = []
        for k in range(n):
            t = TAU * k / n
            out.append((s * 16 * sin(t) ** 3 / 16, s * (13 * cos(t) - 5 * cos(2 * t) - 2 * cos(3 * t) - cos(4 * t)) / 16 + .1 * s))
        return relax(out, 10)
    s = 1.36
    H = heart(s)
    g = group((0, 0, 1.32), (radians(-10), 0, 0))
    base = satin('#ff4fb5', rough=.36, coat=.6)
    prism(H, .26, base, parent=g, bev=.11)
    rim = [(x * .955, 0, y * .955 - .0) for x, y in H]
    tube([(x, -.125, z) for x, _, z in rim], .045, satin('#ff7cc9', coat=.6), parent=g, closed=True, smooth=2)
    rows = ['#ff3d6e', '#ff7a3d', '#ffd23f', '#4fe08a', '#38c6ff', '#8f6bff', '#d76bff']
    pitch_ = .335

    def inside(x, z, m=.16):
        ok = True
        for a in range(0, 360, 30):
            px, pz, c = x + m * cos(radians(a)), z + m * sin(radians(a)), False
            j = len(H) - 1
            for i in range(len(H)):
                (xi, yi), (xj, yj) = H[i], H[j]
                if (yi > pz) != (yj > pz) and px < (xj - xi) * (pz - yi) / (yj - yi) + xi:
                    c = not c
                j = i
            ok = ok and c
        return ok
    for r in range(7):
        z = .88 - r * pitch_ * .9
        m = satin(rows[r], rough=.3, coat=.8)
        for k in range(-4, 5):
            x = (k + .5 * (r % 2 == 0)) * pitch_
            if not inside(x, z):
                continue
            torus(.132, .02, base, (x, -.13, z), (pi / 2, 0, 0), g, segs=48, rings=12)
            if (k, r) in ((1, 2), (-2, 1), (0, 4)):
                lathe([(0, .004), (.06, .006), (.11, .012), (.13, .02)], m, 48, (x, -.125, z), (pi / 2, 0, 0), g, smooth=80)
            else:
                lathe([(.128, 0), (.122, .045), (.097, .09), (.053, .12), (0, .13)], m, 48, (x, -.125, z), (pi / 2, 0, 0), g, smooth=80)
    slab(1.2, .66, .16, .2, satin('#3a1030', coat=.7), (0, 0, -.02), bev=.05)


@product('magnet-cubes', pitch=13, yaw=-32, swing=22)
def magnet_cubes():
    def gel(c):
        return Mat(c, rough=.06, trans=.72, ior=1.25, coat=1, emit=c, glow=.16)
    cols = {'b': '#2f6bff', 'c': '#22d3ff', 'p': '#ff3fa4', 'y': '#ffc928', 'g': '#3ff08a', 'v': '#9a4dff', 'r': '#ff4438'}
    mats = {k: gel(c) for k, c in cols.items()}
    core = metal('#f4f6ff', .2)
    s = .78
    plan = [(-1, 0, 0, 'b', 0), (0, 0, 0, 'p', 4), (1, 0, 0, 'y', -5), (-1, 1, 0, 'v', 0), (0, 1, 0, 'c', 0), (-.5, .2, 1, 'c', 7), (.5, .15, 1, 'r', -6), (-.02, .18, 2, 'g', 22)]
    for x, y, z, c, rot in plan:
        g = group((x * (s + .025), y * (s + .025), z * (s + .012) + s / 2), (0, 0, radians(rot)))
        box((s, s, s), mats[c], bev=.085, segs=6, parent=g)
        for ax in ((0, -1, 0), (1, 0, 0), (0, 0, 1), (-1, 0, 0)):
            d = Vector(ax)
            lathe([(0, 0), (.12, 0, .02), (.12, .02, .01), (0, .022)], core, 40, d * (s / 2 - .012), d.to_track_quat('Z', 'Y').to_euler(), g)


@product('mini-rocket', pitch=7, yaw=-18)
def mini_rocket():
    white, red = gloss('#fbfaf7', rough=.26), gloss('#ff3328', rough=.26)
    dark, steel = satin('#23252e'), metal('#e6e9f2', .18)

    def hull(z):
        t = z / 2.7
        return .30 + .52 * sin(pi * (.17 + .80 * t) ** 1.02) if t < 1 else 0
    cutz = 1.86
    zs = [.42 + (cutz - .42) * k / 40 for k in range(41)]
    rad = lambda z: .82 * (1 - ((z - 1.05) / 1.72) ** 2) ** .8
    lathe([(0, .42)] + [(rad(z), z) for z in zs] + [(0, cutz)], white, 128, smooth=60)
    top = [cutz + (2.7 - cutz) * k / 30 for k in range(31)]
    lathe([(0, cutz)] + [(max(0, rad(z)), z) for z in top] + [(0, 2.77)], red, 128, smooth=60)
    lathe([(rad(cutz) + .004, cutz - .06), (rad(cutz) + .03, cutz - .03, .02), (rad(cutz) + .02, cutz + .04, .02), (rad(cutz) - .02, cutz + .05)], steel, 128)
    ball(.07, gold(), (0, 0, 2.80), segs=32)
    lathe([(rad(.62) + .006, .58), (rad(.64) + .012, .62), (rad(.76) + .012, .76), (rad(.8) + .006, .8)], red, 128)
    lathe([(0, .24), (.52, .22, .04), (.46, .46), (0, .46)], dark, 96)
    lathe([(0, .02), (.36, .0, .03), (.30, .26), (0, .26)], steel, 96)
    fin = [(0, .95), (.30, .72), (.50, .34), (.55, 0), (.36, 0), (.26, .16), (0, .28)]
    for k in range(4):
        a = -pi / 2 + pi / 4 + k * pi / 2
        g = group((0, 0, 0), (0, 0, a))
        prism([(x + .58, z) for x, z in soften([(0, 1.0), (.34, .78, .2), (.56, .3, .3), (.56, 0, .06), (.36, 0, .06), (.2, .2, .1), (0, .34)])], .16, red, parent=g, bev=.06)
    for z, r in ((1.38, .27),):
        n = Vector((0, -1, .13)).normalized()
        g = group((0, -rad(z) + .03, z), n.to_track_quat('Z', 'Y').to_euler())
        torus(r, .062, steel, parent=g)
        lathe([(0, .05), (r * .6, .035), (r, 0)], Mat('#1d8fff', rough=.05, coat=1, emit='#2fb4ff', glow=.35).gradient(-.3, .3, [(0, '#0a4bd0'), (1, '#7fe3ff')], to=['Base Color', 'Emission'], axis=1), 96, parent=g, smooth=80)
        for k in range(8):
            ball(.022, gold(), ((r + .0) * cos(k * TAU / 8), (r + .0) * sin(k * TAU / 8), .06), parent=g, segs=16)
    star = [((.15 if k % 2 == 0 else .065) * sin(k * pi / 5), (.15 if k % 2 == 0 else .065) * cos(k * pi / 5)) for k in range(10)]
    prism(star, .03, gloss('#ffc928'), (0, -rad(.98) - .005, .98), bev=.006)


# ------------------------------------------------------------------ fashion


@product('cloud-slides', pitch=15, yaw=-6, swing=24)
def cloud_slides():
    lilac, deep = soft('#b79dff', rough=.52), soft('#9a7df2', rough=.55)
    deep.bump(46, .35, 'voronoi', .02)

    def foot(k, side):
        out = []
        for (x, y) in ((0, 1.42), (.34, 1.34), (.58, 1.02), (.62, .6), (.52, .1), (.46, -.4), (.50, -.9), (.38, -1.28), (0, -1.42), (-.38, -1.28), (-.50, -.9), (-.46, -.4), (-.50, .1), (-.58, .6), (-.56, 1.02), (-.32, 1.34)):
            out.append((side * x * k, y * (k * .5 + .5), 0))
        return [(p.x, p.y) for p in spline(out, 8, True)]

    def slide(g, side):
        prism(foot(1.06, side), .46, lilac, parent=g, bev=.2, flat=True, res=8)
        prism(foot(.88, side), .10, deep, (0, 0, .41), parent=g, bev=.045, flat=True)

        def strap(u, v):
            # across the foot (v) an arch, along the foot (u) a puffy profile
            a = pi * v
            b = TAU * u
            mid = .34
            along = .50 * (abs(cos(b)) ** .6) * (1 if cos(b) > 0 else -1) * (1 - .12 * cos(2 * a))
            puff = .15 * (abs(sin(b)) ** .7) * (1 if sin(b) > 0 else -1)
            rr = .60 + puff
            h = .66 + puff
            return (rr * cos(a) * 1.02, mid + along + .10 * sin(a), .26 + h * sin(a) ** .8)
        add(grid_mesh(strap, 72, 60), lilac, parent=g, smooth=80)
    slide(group((.36, .10, 1.40), (radians(76), 0, radians(-8))), 1)
    slide(group((-.50, -.95, 0), (0, 0, radians(158))), -1)


@product('bucket-bag', pitch=8, yaw=-16)
def bucket_bag():
    hide = Mat('#d58643', rough=.46, coat=.2, coat_rough=.3).noise(3, [(.3, '#c4732f'), (.7, '#e09a58')], detail=5).bump(130, .22, 'voronoi', .012)
    dark = Mat('#8a4a1c', rough=.45, coat=.3)
    brass, thread = gold(.2), matte('#ffe2b8')

    def gather(r, z, a):
        k = min(1, max(0, (z - 1.28) / .5))
        return r * (1 + .05 * k * cos(14 * a) + .02 * k * cos(5 * a + 1))
    lathe([(0, 0), (.80, 0, .10), (.86, .10, .06), (.98, 1.1, .2), (.92, 1.45, .15), (.74, 1.74, .1), (.80, 1.92, .04), (.74, 1.94, .02), (.66, 1.72), (.6, 1.2), (0, 1.2)], hide, 220, modulate=gather, scale=(1.08, .86, 1))
    s = (1.08, .86, 1)
    lathe([(.845, .02), (.875, .03, .02), (.895, .32, .02), (.88, .34)], dark, 160, scale=s)
    for k in range(64):
        a = TAU * k / 64
        box((.05, .012, .012), thread, (.893 * cos(a) * 1.08, .893 * sin(a) * .86, .285), (0, 0, a + pi / 2), bev=.004, segs=1)
    cord = [(.80 * cos(t) * 1.08, .80 * sin(t) * .86, 1.67 + .025 * cos(14 * t)) for t in [TAU * k / 80 for k in range(80)]]
    tube(cord, .035, dark, closed=True, smooth=0)
    for sx in (-1, 1):
        tube([(sx * .05, -.70, 1.67), (sx * .09, -.79, 1.5), (sx * .13, -.86, 1.25), (sx * .12, -.875, 1.02)], .032, dark)
        lathe([(0, 0), (.06, 0, .02), (.075, .16, .03), (0, .17)], brass, 40, (sx * .12, -.885, .87))
    lathe([(0, -.06), (.085, -.06, .03), (.085, .06, .03), (0, .06)], brass, 40, (0, -.755, 1.58), (0, pi / 2, 0))
    g = group((0, 0, 2.36))
    torus(.70, .058, Mat('#7a3d16', rough=.2, coat=1).noise(5, [(.3, '#3d1a08'), (.55, '#a85a20'), (.75, '#e8a04e')], distort=2), (0, 0, 0), (pi / 2, 0, 0), g)
    for sx in (-1, 1):
        tube([(sx * .72, 0, 1.72), (sx * .72, 0, 1.98), (sx * .66, 0, 2.10)], .075, dark)
        torus(.10, .022, brass, (sx * .70, 0, 1.98), (0, pi / 2, 0))
    lathe([(0, 0), (.2, 0, .01), (.2, .03, .01), (0, .035)], brass, 64, (0, -.83, .62), (radians(87), 0, 0))
    text('US', .17, Mat('#7a4a1a', rough=.4), (0, -.87, .62))


@product('retro-shades', pitch=11, yaw=-15, swing=24)
def retro_shades():
    acet = Mat('#e3103f', rough=.12, coat=1).noise(2.2, [(.3, '#b00530'), (.55, '#ff1f4d'), (.75, '#ff5a78')], detail=3, distort=1.5)
    lens = Mat('#3a0a18', rough=.04, coat=1, spec=1).gradient(-.45, .5, [(0, '#ffb08a'), (.45, '#b0264a'), (1, '#2a0612')], axis=1)
    plinth = satin('#ffe6e9', rough=.5)
    lathe([(0, 0), (1.12, 0, .05), (1.12, .62, .08), (0, .62)], plinth, 160, (0, .42, 0))
    g = group((0, 0, 1.16), (radians(-4), 0, 0))
    for s in (-1, 1):
        c = s * .76
        outer = [(x, y) for x, y in ellipse(.70, .54)]
        inner = [(x, y) for x, y in ellipse(.52, .37)]
        e = group((c, -.44, 0), (0, 0, radians(-s * 5)), g)
        prism(outer, .20, acet, bev=.07, parent=e, holes=(inner,), res=7)
        prism(ellipse(.55, .40), .03, lens, (0, .01, 0), parent=e, bev=.005)
        box((.20, .18, .20), acet, (s * 1.43, -.36, .16), bev=.07, parent=g)
        tube([(s * 1.45, -.34, .16), (s * 1.46, .2, .15), (s * 1.43, .75, .10), (s * 1.38, 1.1, -.04), (s * 1.33, 1.34, -.32)], .062, acet, parent=g, scale=(1, 1, 1), smooth=14)
        lathe([(0, 0), (.035, 0), (.03, .02), (0, .022)], gold(), 24, (s * 1.30, -.545, .18), (pi / 2, 0, 0), g)
    tube([(-.24, -.46, .12), (-.1, -.48, .20), (.1, -.48, .20), (.24, -.46, .12)], .075, acet, parent=g)


@product('pearl-bracelet', pitch=12, yaw=-14)
def pearl_bracelet():
    velvet = Mat('#4a1f4f', rough=.95, sheen=1, spec=.1).bump(160, .2)
    pearl = Mat('#fff0e2', rough=.16, coat=1, spec=.7, sheen=.3).gradient(-.16, .16, [(0, '#ffd2c4'), (.5, '#fff3e8'), (1, '#fdf7ff')])
    brass = gold(.14)
    g = group((0, .25, .06), (radians(-16), 0, 0))
    prism(rounded_rect(2.5, 2.5, .5), .34, velvet, (0, .16, 1.26), parent=g, bev=.14, res=8)
    prism(rounded_rect(2.62, 2.62, .56), .12, brass, (0, .30, 1.26), parent=g, bev=.04)
    n, R = 22, .90
    for k in range(n):
        a = TAU * k / n + pi / 2
        if k == n // 2:
            continue
        ball(.127, pearl, (R * cos(a), -.125, 1.34 + R * sin(a)), parent=g, segs=40)
        b = a + TAU / n / 2
        if k not in (n // 2 - 1,):
            lathe([(0, -.012), (.05, -.012, .01), (.05, .012, .01), (0, .012)], brass, 24, (R * cos(b), -.125, 1.34 + R * sin(b)), Vector((-sin(b), 0, cos(b))).to_track_quat('Z', 'Y').to_euler(), g)
    torus(.10, .03, brass, (0, -.13, 1.34 - R), (pi / 2, 0, 0), g, segs=48, rings=16)
    torus(.06, .018, brass, (0, -.14, 1.34 - R - .13), (0, pi / 2, 0), g, segs=40, rings=12)
    H = [(.2 * sin(t) ** 3, .2 * (13 * cos(t) - 5 * cos(2 * t) - 2 * cos(3 * t) - cos(4 * t)) / 16) for t in [TAU * k / 80 for k in range(80)]]
    H = relax([(1.15 * x, 1.15 * y) for x, y in H], 14)
    prism(H, .12, brass, (0, -.17, 1.34 - R - .34), parent=g, bev=.035)

# ------------------------------------------------------------------ studio

PED = .26            # pedestal height
DIST = 13.0
FOV_H = 36 / 85      # frame height / distance
BOX = (.17, .81, .115, .555)   # where the subject may be: x0, x1, y0, y1 (fractions, y from the top)
CENTRE_Y = .38
DARK = .22           # the lowest part of the frame is black: not rendered
SWING = 26           # degrees to each side


def area(loc, target, w, h, power, color=(1, 1, 1), spread=180):
    l = bpy.data.lights.new('a', 'AREA')
    l.energy, l.color, l.shape, l.size, l.size_y = power, color, 'RECTANGLE', w, h
    l.spread = radians(spread)
    o = bpy.data.objects.new('a', l)
    bpy.context.collection.objects.link(o)
    o.location = loc
    o.rotation_euler = (Vector(target) - Vector(loc)).to_track_quat('-Z', 'Y').to_euler()
    o.visible_camera = False
    return o


def silhouette(yaws):
    """World space points of the product for each yaw."""
    out = []
    for y in yaws:
        TURN.rotation_euler = (0, 0, y)
        bpy.context.view_layer.update()
        dg = bpy.context.evaluated_depsgraph_get()
        pts = []
        for o in TURN.children_recursive:
            if o.type not in ('MESH', 'CURVE') or o.hide_render or o.get('ghost'):
                continue
            e = o.evaluated_get(dg)
            me = e.to_mesh()
            step = max(1, len(me.vertices) // 600)
            pts += [e.matrix_world @ me.vertices[k].co for k in range(0, len(me.vertices), step)]
            e.to_mesh_clear()
        out.append(pts)
    TURN.rotation_euler = (0, 0, 0)
    bpy.context.view_layer.update()
    return out


def frame_product(opts):
    """Scale the product and aim the camera so that the silhouette stays inside BOX while it turns."""
    pitch = radians(opts.get('pitch', 8))
    yaw0 = radians(opts.get('yaw', 0))
    TURN.location, TURN.scale = (0, 0, 0), (1, 1, 1)
    swing = opts.get('swing', SWING)
    flat = silhouette([0])[0]
    for axis in (0, 1):    # the middle of the product on the middle of the pedestal
        mid = (min(p[axis] for p in flat) + max(p[axis] for p in flat)) / 2
        for o in TURN.children:
            o.location[axis] -= mid
    clouds = silhouette([yaw0 + radians(a) for a in (-swing, -swing / 2, 0, swing / 2, swing)])
    pts = [p for c in clouds for p in c]
    zmin = min(p.z for p in pts)
    top = max(p.z for p in pts) - zmin
    foot = max(math.hypot(p.x, p.y) for p in pts if p.z < zmin + .25 * top)
    view = Vector((0, cos(pitch), -sin(pitch)))
    up = Vector((0, sin(pitch), cos(pitch)))

    raw = np.array([(p.x, p.y, p.z - zmin) for p in pts])

    def project(s, target):
        q = raw * s + np.array((0, 0, PED)) - np.array(target - view * DIST)
        d = q @ np.array(view) * FOV_H
        x, y = q[:, 0] / d, q @ np.array(up) / d
        return x.min(), x.max(), y.min(), y.max()
    lo, hi = .05, 8
    width = (BOX[1] - BOX[0]) * 9 / 16 * opts.get('fill', 1)
    height = (BOX[3] - BOX[2]) * opts.get('fill', 1)
    for _ in range(30):
        s = (lo + hi) / 2
        target = Vector((0, 0, PED + top * s / 2))
        x0, x1, y0, y1 = project(s, target)
        if x1 - x0 > width or y1 - y0 > height:
            hi = s
        else:
            lo = s
    s = lo
    TURN.location = (0, 0, PED - zmin * s)
    TURN.scale = (s, s, s)
    target = Vector((0, 0, PED + top * s / 2))
    x0, x1, y0, y1 = project(s, target)
    cam = bpy.data.cameras.new('c')
    cam.lens, cam.sensor_fit, cam.sensor_height = 85, 'VERTICAL', 36
    co = bpy.data.objects.new('c', cam)
    bpy.context.collection.objects.link(co)
    bpy.context.scene.camera = co
    co.location = target - view * DIST
    co.rotation_euler = view.to_track_quat('-Z', 'Y').to_euler()
    # shift: the subject's middle at CENTRE_Y from the top (the frame spans -.5 .. .5 upwards), x at the box's middle
    sy = (y0 + y1) / 2 - (.5 - CENTRE_Y)
    if .5 - (y0 - sy) > BOX[3]:
        sy = y0 - .5 + BOX[3]
    if y1 - sy > .5 - .1:
        sy = y1 - .4
    sx = (x0 + x1) / 2 - ((BOX[0] + BOX[1]) / 2 - .5) * 9 / 16
    cam.shift_y, cam.shift_x = sy, sx
    cam.dof.use_dof, cam.dof.focus_distance, cam.dof.aperture_fstop = True, DIST - .3 * s, 2.8
    return dict(scale=s, cam=co, sx=sx, sy=sy, foot=foot * s, yaw=yaw0, top=top * s, swing=swing,
                box=[round(v, 3) for v in ((x0 - sx) * 16 / 9 + .5, (x1 - sx) * 16 / 9 + .5, .5 - (y1 - sy), .5 - (y0 - sy))])


def backdrop(fr, accent, gain):
    """A plane that fills the frame far behind: accent glow round the subject, near black below."""
    depth = 30
    h = depth * FOV_H
    m = Mat()
    nt = m.nt
    nt.nodes.remove(m.b)
    em = m.node('Emission')
    m.link(em.outputs[0], nt.nodes['Material Output'].inputs[0])
    sep = m.node('SeparateXYZ')
    m.link(m.node('TexCoord').outputs['Object'], sep.inputs[0])

    def op(kind, a, b=0):
        n = m.node('Math', operation=kind)
        for k, v in enumerate((a, b)):
            if hasattr(v, 'is_output'):
                m.link(v, n.inputs[k])
            else:
                n.inputs[k].default_value = v
        return n.outputs[0]

    def halo(cx, cy, rx, ry):
        x = op('DIVIDE', op('SUBTRACT', sep.outputs[0], cx), rx)
        y = op('DIVIDE', op('SUBTRACT', sep.outputs[1], cy), ry)
        q = op('ADD', op('MULTIPLY', x, x), op('MULTIPLY', y, y))
        return q, op('POWER', 2.718, op('MULTIPLY', q, -1))
    q, g1 = halo(0, .10, .33, .36)
    _, g2 = halo(0, .13, .19, .20)
    # a soft disc behind the subject, stronger at its top
    x = op('MULTIPLY', sep.outputs[0], 1)
    y = op('SUBTRACT', sep.outputs[1], .115)
    r = op('SQRT', op('ADD', op('MULTIPLY', x, x), op('MULTIPLY', y, y)))
    mr = m.node('MapRange', interpolation_type='SMOOTHSTEP')
    for k, v in zip((1, 2, 3, 4), (.252, .243, 0, 1)):
        mr.inputs[k].default_value = v
    m.link(r, mr.inputs[0])
    lift = m.node('MapRange')
    for k, v in zip((1, 2, 3, 4), (-.18, .26, 0, 1)):
        lift.inputs[k].default_value = v
    m.link(y, lift.inputs[0])
    disc = op('MULTIPLY', mr.outputs[0], lift.outputs[0])
    fall = m.node('MapRange', interpolation_type='SMOOTHSTEP')
    for k, v in zip((1, 2, 3, 4), (-.34, .06, .02, 1)):
        fall.inputs[k].default_value = v
    m.link(sep.outputs[1], fall.inputs[0])
    amount = op('ADD', op('ADD', op('MULTIPLY', g1, .032), op('MULTIPLY', g2, .062)), op('MULTIPLY', disc, .032))
    amount = op('MULTIPLY', op('ADD', amount, .012), fall.outputs[0])
    em.inputs[0].default_value = (*accent, 1)
    m.link(op('MULTIPLY', amount, gain), em.inputs[1])
    bm = bmesh.new()
    bmesh.ops.create_grid(bm, x_segments=1, y_segments=1, size=2)
    o = add(mesh_of(bm), m, (fr['sx'] * h, fr['sy'] * h, -depth), parent=fr['cam'], smooth=0, scale=(h, h, h))
    return o


def studio(fr, accent_hex, opts):
    acc = rgb(accent_hex)
    peak = max(acc)
    acc = tuple(v / peak for v in acc)
    vivid = tuple(.07 + .93 * v ** .95 for v in acc)
    lum = .2126 * vivid[0] + .7152 * vivid[1] + .0722 * vivid[2]
    gain = opts.get('back', 1) * min(1.9, .62 / (lum + .18) + .35)
    backdrop(fr, vivid, gain)
    dark = tuple(.012 + .03 * v for v in vivid)
    # floor that melts into the backdrop
    m = Mat(rough=.3, spec=.12)
    m.set('Base Color', (*[v * .6 for v in dark], 1))
    mix, tr = m.node('MixShader'), m.node('BsdfTransparent')
    ln = m.node('VectorMath', operation='LENGTH')
    m.link(m.node('TexCoord').outputs['Object'], ln.inputs[0])
    mr = m.node('MapRange', interpolation_type='SMOOTHSTEP')
    for k, v in zip((1, 2, 3, 4), (1.6, 4.2, 0, 1)):
        mr.inputs[k].default_value = v
    m.link(ln.outputs['Value'], mr.inputs[0])
    m.link(mr.outputs[0], mix.inputs[0])
    m.link(m.b.outputs[0], mix.inputs[1])
    m.link(tr.outputs[0], mix.inputs[2])
    m.link(mix.outputs[0], m.nt.nodes['Material Output'].inputs[0])
    bm = bmesh.new()
    bmesh.ops.create_circle(bm, cap_ends=True, segments=96, radius=6)
    floor = add(mesh_of(bm), m, smooth=0)
    floor.parent = None
    # pedestal with a thin light line at its foot
    R = min(1.37, max(.9, fr['foot'] * 1.22 + .08))
    pm = Mat(rough=.3, coat=.5, coat_rough=.12)
    pm.set('Base Color', (*[v * 1.5 for v in dark], 1))
    lathe([(0, .035), (R - .04, .035), (R, .05, .03), (R, PED, .05), (0, PED)], pm, 192).parent = None
    line = Mat('#000000')
    line.set('Emission', (*vivid, 1))
    line.set('Emission Strength', 1.2)
    lathe([(R - .3, .0), (R - .025, 0), (R - .025, .035), (R - .3, .035)], line, 192).parent = None
    # lights
    k = opts.get('light', 1)
    z = PED + fr['top'] * .5
    aim = (0, 0, z)
    area((-4.0, -4.6, z + 3.9), aim, 2.6, 2.8, 640 * k * opts.get('key', 1), (1, .965, .92))
    area((3.7, 1.5, z + .8), aim, .9, 3.6, 430 * k, blend(acc, (1, 1, 1), .12))
    area((-3.3, 3.0, z + 1.4), aim, .8, 3.2, 250 * k, blend(acc, (1, 1, 1), .35))
    area((.3, 1.6, z + 4.8), aim, 2.6, 1.6, 190 * k)
    w = bpy.data.worlds.new('w')
    bpy.context.scene.world = w
    w.use_nodes = True
    w.node_tree.nodes['Background'].inputs[0].default_value = (*blend((.8, .85, 1), acc, .5), 1)
    w.node_tree.nodes['Background'].inputs[1].default_value = .075 * k
    w.cycles.sampling_method = 'NONE'


def shoot(S, folder):
    """Render once; returns colour, albedo and normal as arrays."""
    S.use_nodes = True
    nt = S.node_tree
    nt.nodes.clear()
    rl = nt.nodes.new('CompositorNodeRLayers')
    fo = nt.nodes.new('CompositorNodeOutputFile')
    fo.base_path, fo.format.file_format, fo.format.color_depth = folder, 'OPEN_EXR', '32'
    fo.file_slots.clear()
    for name, out in (('c', 'Image'), ('a', 'Denoising Albedo'), ('n', 'Denoising Normal')):
        fo.file_slots.new(name)
        nt.links.new(rl.outputs[out], fo.inputs[name])
    S.render.use_border = True
    bpy.ops.render.render()
    S.render.use_border = False
    res = []
    for name in 'can':
        img = bpy.data.images.load(os.path.join(folder, '%s%04d.exr' % (name, S.frame_current)))
        px = np.empty(img.size[0] * img.size[1] * 4, dtype=np.float32)
        img.pixels.foreach_get(px)
        res.append(px.reshape(img.size[1], img.size[0], 4)[:, :, :3])
        bpy.data.images.remove(img)
    return res


def smooth(c, alb, nrm, strength=1.0):
    """Edge-avoiding wavelet filter in log space, guided by albedo and normal."""
    full = c.shape[0]
    c, alb, nrm = (np.ascontiguousarray(v[int(full * DARK):].transpose(2, 0, 1)) for v in (c, alb, nrm))
    h, w = c.shape[1:]

    def around(a, r):
        return np.pad(a, ((0, 0), (r, r), (r, r)), mode='edge')

    def view(p, r, y, x):
        return p[:, r + y:r + y + h, r + x:r + x + w]
    c = np.log1p(np.maximum(c, 0) * 6)
    p = around(c, 1)
    ring = np.stack([view(p, 1, y, x) for y in (-1, 0, 1) for x in (-1, 0, 1) if x or y])
    ring.sort(axis=0)
    c = np.clip(c, ring[1] * .92, ring[-2] * 1.08 + .01)          # no fireflies
    kern = {-2: 1 / 16, -1: 1 / 4, 0: 3 / 8, 1: 1 / 4, 2: 1 / 16}
    guide = np.concatenate([alb * 9, nrm * 5.5])
    for level in range(4):
        step = 1 << level
        sc = .30 * strength / 1.6 ** level
        p = around(c, 1)
        look = sum(view(p, 1, y, x) * ((2 - abs(y)) * (2 - abs(x)) / 16) for y in (-1, 0, 1) for x in (-1, 0, 1))
        feat = np.concatenate([look / sc, guide]).astype(np.float32)
        r = 2 * step
        pf, pc = around(feat, r), around(c, r)
        num, den = np.zeros_like(c), np.zeros((h, w), dtype=np.float32)
        for y in range(-2, 3):
            for x in range(-2, 3):
                if level > 1 and abs(y) + abs(x) > 2:
                    continue
                d = view(pf, r, y * step, x * step) - feat
                wt = np.exp(-np.einsum('kij,kij->ij', d, d)) * np.float32(kern[y] * kern[x])
                num += view(pc, r, y * step, x * step) * wt
                den += wt
        c = num / den
    out = np.zeros((full, w, 3), dtype=np.float32)
    out[full - h:] = (np.expm1(c) / 6).transpose(1, 2, 0)
    return out


def grade(S, opts, clean):
    """Bloom, a little saturation, and the fade to black where the page puts its text."""
    nt = S.node_tree
    nt.nodes.clear()
    for old in [i for i in bpy.data.images if i.name.startswith(('fade', 'clean'))]:
        bpy.data.images.remove(old)
    src = bpy.data.images.new('clean', clean.shape[1], clean.shape[0], float_buffer=True)
    px = np.ones(clean.shape[:2] + (4,), dtype=np.float32)
    px[:, :, :3] = clean
    src.pixels.foreach_set(px.ravel())
    rl = nt.nodes.new('CompositorNodeImage')
    rl.image = src
    gl = nt.nodes.new('CompositorNodeGlare')
    gl.glare_type, gl.quality, gl.threshold, gl.size, gl.mix = 'FOG_GLOW', 'MEDIUM', opts.get('bloom_at', 1.1), 7, opts.get('bloom', -.72)
    hs = nt.nodes.new('CompositorNodeHueSat')
    hs.inputs['Saturation'].default_value = opts.get('sat', 1.04)
    W, H = S.render.resolution_x, S.render.resolution_y
    img = bpy.data.images.new('fade', W, H, float_buffer=True)
    y = 1 - (np.arange(H) + .5) / H
    t = np.clip((y - .55) / (.99 - DARK - .55), 0, 1)
    v = (1 - (t * t * (3 - 2 * t))) * (1 - .35 * np.clip((.14 - y) / .14, 0, 1) ** 1.5)
    px = np.ones((H, W, 4), dtype=np.float32)
    px[:, :, :3] = v[:, None, None]
    img.pixels.foreach_set(px.ravel())
    im = nt.nodes.new('CompositorNodeImage')
    im.image = img
    mx = nt.nodes.new('CompositorNodeMixRGB')
    mx.blend_type = 'MULTIPLY'
    out = nt.nodes.new('CompositorNodeComposite')
    nt.links.new(rl.outputs[0], gl.inputs[0])
    nt.links.new(gl.outputs[0], hs.inputs['Image'])
    nt.links.new(hs.outputs[0], mx.inputs[1])
    nt.links.new(im.outputs[0], mx.inputs[2])
    nt.links.new(mx.outputs[0], out.inputs[0])


def wait_while_paused():
    while os.path.exists(os.environ.get('STUDIO_PAUSE', os.path.join(HERE, 'build', 'pause'))):
        time.sleep(3)


def main():
    global TURN
    ap = argparse.ArgumentParser()
    ap.add_argument('--product', required=True)
    ap.add_argument('--out', required=True)
    ap.add_argument('--samples', type=int, default=128)
    ap.add_argument('--width', type=int, default=540)
    ap.add_argument('--keys', type=int, default=1, help='1: the poster; 2n+1: key frames of the swing')
    a = ap.parse_args(sys.argv[sys.argv.index('--') + 1:])
    for slug in a.product.split(','):
        bpy.ops.wm.read_factory_settings(use_empty=True)
        render(slug, a)


def render(slug, a):
    global TURN, FONT
    FONT = None
    RNG.seed(4)
    with open(os.path.join(HERE, 'products.csv')) as f:
        row = next(r for r in csv.DictReader(f) if r['slug'] == slug)
    fn, opts = PRODUCTS[slug]
    S = bpy.context.scene
    TURN = bpy.data.objects.new('turn', None)
    bpy.context.collection.objects.link(TURN)
    fn()
    fr = frame_product(opts)
    studio(fr, opts.get('accent', row['accent']), opts)
    S.render.resolution_x, S.render.resolution_y = a.width, a.width * 16 // 9
    S.render.resolution_percentage = 100
    S.render.image_settings.file_format = 'PNG'
    S.view_settings.view_transform, S.view_settings.look = 'Filmic', 'High Contrast'
    S.view_settings.exposure = opts.get('exposure', .35)
    S.render.engine = 'CYCLES'
    c = S.cycles
    c.samples, c.use_adaptive_sampling, c.adaptive_threshold, c.adaptive_min_samples = a.samples, True, .04, 12
    c.use_denoising = False
    c.max_bounces, c.diffuse_bounces, c.glossy_bounces, c.transmission_bounces, c.transparent_max_bounces = 10, 2, 4, 10, 12
    c.sample_clamp_direct, c.sample_clamp_indirect, c.blur_glossy = 14, 1.6, 1.2
    c.caustics_reflective = c.caustics_refractive = False
    c.light_sampling_threshold = .02
    c.seed = 3
    S.render.use_persistent_data = True
    S.render.use_crop_to_border = False
    S.render.border_min_x, S.render.border_max_x, S.render.border_min_y, S.render.border_max_y = 0, 1, DARK - .005, 1
    S.render.threads_mode, S.render.threads = 'FIXED', 2
    S.view_layers[0].cycles.denoising_store_passes = True
    tmp = tempfile.mkdtemp()
    n = a.keys
    for k in range(n):
        ph = 0 if n == 1 else -1 + 2 * k / (n - 1)
        swing = radians(fr['swing']) * sin(ph * pi / 2)
        TURN.rotation_euler = (0, 0, fr['yaw'] + swing)
        S.render.filepath = os.path.abspath(os.path.join(a.out, slug + ('.png' if n == 1 else '-%02d.png' % k)))
        if n > 1 and os.path.exists(S.render.filepath):
            continue
        wait_while_paused()
        t = time.time()
        shot = shoot(S, tmp)
        t1 = time.time()
        grade(S, opts, smooth(*shot, opts.get('smooth', 1)))
        bpy.ops.render.render(write_still=True)
        print('%.1f' % (time.time() - t1), 'SHOT', slug, k, '%.1fs' % (time.time() - t), 'box', fr['box'], flush=True)


if __name__ == '__main__':
    main()
